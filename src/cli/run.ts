/**
 * One run of the command line, from arguments to an exit code. Nothing here touches the process: `main.ts` hands
 * in its streams, a test hands in its own.
 */
import { Command, CommanderError } from 'commander';
import { COMMANDS, type CommandEntry } from './command-table.ts';
import type { CommandContext } from './context.ts';
import { EXIT, type ExitCode } from './exit-codes.ts';
import { describeFailure } from './failure.ts';
import type { Io } from './io.ts';
import { packageVersion } from './package-version.ts';

const EXAMPLES = `
Examples:
  $ pharos add papers.jsonl.gz
  $ pharos search "why does dropout work"
  $ pharos related 1706.03762
  $ pharos serve

Each command tells more: pharos search --help
Exit codes: 0 fine, 1 failed or interrupted, 2 wrong usage.`;

const HELP_WIDTH = 80;

/** `parameters` are those after the program's name. Never rejects. */
export async function run(parameters: readonly string[], io: Io): Promise<ExitCode> {
  let exitCode: ExitCode = EXIT.FINE;
  const context: CommandContext = {
    io,
    finish: async (body) => {
      exitCode = await body();
    },
  };
  try {
    const program = await createProgram(context, parameters);
    await program.parseAsync(parameters, { from: 'user' });
    return exitCode;
  } catch (error) {
    // Commander has said what it had to say; help that was asked for is no failure.
    if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.FINE : EXIT.USAGE;
    const failure = describeFailure(error, { debug: parameters.includes('--debug') });
    io.stderr.write(failure.text);
    return failure.exitCode;
  }
}

async function createProgram(context: CommandContext, parameters: readonly string[]): Promise<Command> {
  const program = settle(new Command('pharos'), context.io)
    .description('Finds research papers: by words, by meaning, by what they are like.')
    .version(packageVersion(), '-V, --version', 'print the version')
    .helpCommand('help [command]', 'print the help of a command')
    .addHelpText('after', EXAMPLES);
  // `pharos search ...` or `pharos help search`; of the others the help needs only the name.
  const asked = parameters.slice(0, 2);
  for (const entry of COMMANDS) {
    const command = asked.includes(entry.name) ? await loadCommand(entry, context) : new Command(entry.name);
    program.addCommand(settle(command, context.io).summary(entry.summary));
  }
  return program;
}

async function loadCommand({ load }: CommandEntry, context: CommandContext): Promise<Command> {
  const create = await load();
  const command = create(context);
  for (const one of [command, ...command.commands])
    one.option('--debug', 'print a stack trace with an error');
  return command;
}

/** Makes a command throw instead of ending the process, and speak on our streams in our words. */
function settle(command: Command, io: Io): Command {
  const { stdout, stderr } = io;
  for (const inner of command.commands) settle(inner, io);
  return command
    .exitOverride()
    .helpOption('-h, --help', 'print this help')
    .configureHelp({ showGlobalOptions: false })
    .configureOutput({
      writeOut: (text) => stdout.write(text),
      writeErr: (text) => stderr.write(text),
      getOutHelpWidth: () => Math.min(stdout.columns ?? HELP_WIDTH, 100),
      getErrHelpWidth: () => Math.min(stderr.columns ?? HELP_WIDTH, 100),
      getOutHasColors: () => false,
      getErrHasColors: () => false,
      outputError: (text, write) => write(usageError(text)),
    });
}

/** `error: unknown option '--limt'\n(Did you mean --limit?)` in the form of every other error. */
function usageError(text: string): string {
  const [problem = '', ...rest] = text.trim().split('\n');
  const suggestion = rest.join(' ').replace(/^\(|\)$/g, '');
  const hint = suggestion === '' ? 'Add --help to see what there is.' : suggestion;
  return `pharos: ${problem.replace(/^error: /, '')}\nhint: ${hint}\n`;
}
