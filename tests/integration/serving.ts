/** `pharos serve` of the built program in a process of its own, until it is stopped. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';

export interface Serving {
  readonly url: string;
  readonly pid: number;
  /** Ends it at once, as kill -9 does. */
  readonly stop: () => void;
  /** Resolves when it has ended; its children may not have. */
  readonly ended: Promise<void>;
}

export interface ServingOptions {
  readonly program?: string;
  readonly cwd?: string;
}

/** Rejects with what was printed when it ends instead of listening. */
export async function serving(
  options: readonly string[],
  { program = 'dist/cli/main.js', cwd = '.' }: ServingOptions = {},
): Promise<Serving> {
  const args = [program, 'serve', '--port', '0', '--json', '--log-level', 'warn', ...options];
  const child = spawn(process.execPath, args, { cwd, stdio: ['ignore', 'pipe', 'pipe'] });
  const stderr = text(child.stderr);
  const ended = once(child, 'exit').then(async ([code]) => {
    throw new Error(`serve ended with ${code}: ${await stderr}`);
  });
  ended.catch(() => undefined);
  const [line] = await Promise.race([once(child.stdout, 'data'), ended]);
  const { url } = JSON.parse(String(line)) as { url: string };
  const stop = () => void child.kill('SIGKILL');
  return { url, pid: child.pid ?? 0, stop, ended: ended.catch(() => undefined) };
}
