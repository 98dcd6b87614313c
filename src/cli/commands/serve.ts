/** `pharos serve`: the same searches over HTTP, until it is told to stop. */
import { once } from 'node:events';
import { Command } from 'commander';
import type { Settings } from '../../config/settings.ts';
import { type CommandContext, loadSettings } from '../context.ts';
import { EXIT } from '../exit-codes.ts';
import { type Io, writeTo } from '../io.ts';
import { withSearch } from '../opening.ts';
import { addSample } from '../sample.ts';
import { addSettingOptions, settingFlags } from '../setting-options.ts';

const EXAMPLES = `
Examples:
  $ pharos serve
  $ pharos serve --host 0.0.0.0 --port 8080 --allow-host papers.example.org
  $ pharos serve --sample data/sample.jsonl`;

interface ServeFlags {
  readonly sample?: string;
  readonly json?: true;
}

export function serveCommand({ io, finish }: CommandContext): Command {
  const command = new Command('serve')
    .description('Answers over HTTP until it is stopped. Papers added meanwhile are found without a restart.')
    .option('--sample <file>', 'when there is no index yet, make one of these papers')
    .option('--json', 'print the address as JSON: { url }')
    .addHelpText('after', EXAMPLES);
  addSettingOptions(command, ['index', 'model', 'host', 'port', 'allowedHosts']);
  addSettingOptions(command, ['bodyLimitBytes', 'requestTimeoutMs', 'logLevel', 'threads']);
  return command.action((flags: ServeFlags) =>
    finish(async () => {
      const settings = await loadSettings(io, settingFlags(command));
      if (flags.sample !== undefined) await addSample(flags.sample, { io, settings });
      await serve(io, settings, { asJson: flags.json === true });
      return EXIT.FINE;
    }),
  );
}

async function serve(io: Io, settings: Settings, { asJson }: { readonly asJson: boolean }): Promise<void> {
  const { startServer } = await import('../../api/start-server.ts');
  const { createLogger } = await import('../../api/create-logger.ts');
  const logger = createLogger(io.stderr, { level: settings.logLevel });
  await withSearch({ io, settings, isFollowing: true }, async ({ reader, searcher, warmUp }) => {
    await warmUp();
    const server = await startServer({ engine: reader, searcher, settings, logger });
    try {
      const { url } = server;
      await writeTo(io.stdout, asJson ? `${JSON.stringify({ url })}\n` : `Pharos answers on ${url}\n`);
      await stopped(io.interruptible());
    } finally {
      await server.close();
    }
  });
}

async function stopped(signal: AbortSignal): Promise<void> {
  if (!signal.aborted) await once(signal, 'abort');
}
