/** This program started once more, in a process of its own. */
import { type ChildProcessByStdio, spawn } from 'node:child_process';
import type { Readable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import type { Environment } from '../config/environment.ts';

/** Compiled or not; `parameters` are those after the program's name. There is no standard input. */
export function startProgram(
  parameters: readonly string[],
  environment: Environment,
): ChildProcessByStdio<null, Readable, Readable> {
  const isSource = import.meta.url.endsWith('.ts');
  const main = fileURLToPath(new URL(`main.${isSource ? 'ts' : 'js'}`, import.meta.url));
  // From sources (development and tests) Node 20 needs help with TypeScript.
  const loader = isSource ? ['--import', import.meta.resolve('tsx')] : [];
  return spawn(process.execPath, [...loader, main, ...parameters], {
    env: { ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
}
