/** `pharos serve` of the built program in a process of its own, until it is stopped. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';

export interface Serving {
  readonly url: string;
  readonly stop: () => void;
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
  return { url: JSON.parse(String(line)).url, stop: () => void child.kill('SIGKILL') };
}
