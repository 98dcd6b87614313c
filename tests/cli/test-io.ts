/** A world for one run of the command line: streams that remember, no process. */
import { PassThrough, Readable } from 'node:stream';
import { run } from '../../src/cli/run.ts';

export interface RunOptions {
  readonly stdin?: string;
  readonly environment?: Readonly<Record<string, string>>;
  /** Both output streams are terminals of 80 columns. */
  readonly isTerminal?: boolean;
  readonly signal?: AbortSignal;
  /** Presses Ctrl-C when this has been printed. */
  readonly interruptAt?: string;
}

export interface Outcome {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}

export async function runCli(parameters: readonly string[], options: RunOptions = {}): Promise<Outcome> {
  const { stdin = '', environment = {}, isTerminal = false, signal, interruptAt } = options;
  const controller = new AbortController();
  const stdout = output(isTerminal, (text) => {
    if (interruptAt !== undefined && text.includes(interruptAt)) controller.abort();
  });
  const stderr = output(isTerminal);
  const exitCode = await run(parameters, {
    stdin: Readable.from(stdin === '' ? [] : [stdin]),
    stdout: stdout.stream,
    stderr: stderr.stream,
    environment: { PHAROS_MODEL: 'hashing', ...environment },
    interruptible: () => signal ?? controller.signal,
  });
  return { exitCode, stdout: stdout.text(), stderr: stderr.text() };
}

function output(isTTY: boolean, onText: (text: string) => void = () => undefined) {
  const written: string[] = [];
  const stream = Object.assign(new PassThrough(), {
    isTTY,
    columns: 80,
    cursorTo: () => true,
    clearLine: () => true,
    moveCursor: () => true,
  });
  stream.on('data', (chunk: Buffer) => {
    written.push(chunk.toString());
    onText(chunk.toString());
  });
  return { stream, text: () => written.join('') };
}
