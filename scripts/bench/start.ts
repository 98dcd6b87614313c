/**
 * From nothing to the first answer, in fresh processes: opening an index from its snapshots, and asking once. The
 * yardstick is reading the same files, which any start must do at least.
 */
import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { benchIndex } from './bench-index.ts';
import type { BenchResult } from './bench-result.ts';
import { median, round } from './measure.ts';

const SIZE = 100_000;
const ROUNDS = 5;

export async function benchStart(): Promise<BenchResult> {
  const dir = await benchIndex(SIZE);
  const rounds = Array.from({ length: ROUNDS }, () => inFreshProcess(dir));
  const read = Array.from({ length: ROUNDS }, () => readEverything(dir));
  const of = (pick: (one: Opening) => number) => round(median(rounds.map(pick)));
  return {
    settings: { papers: SIZE, rounds: ROUNDS, fileCache: 'warm' },
    results: {
      openMs: of(({ openMs }) => openMs),
      modelMs: of(({ modelMs }) => modelMs),
      firstAnswerMs: of(({ firstAnswerMs }) => firstAnswerMs),
      tenthAnswerMs: of(({ tenthAnswerMs }) => tenthAnswerMs),
      readSameFilesMs: round(median(read)),
      openToRead: round(median(rounds.map(({ openMs }) => openMs)) / median(read)),
    },
  };
}

interface Opening {
  readonly openMs: number;
  readonly modelMs: number;
  readonly firstAnswerMs: number;
  readonly tenthAnswerMs: number;
}

function inFreshProcess(dir: string): Opening {
  const child = resolve(import.meta.dirname, 'start-child.ts');
  return JSON.parse(
    execFileSync(process.execPath, ['--import', 'tsx', child, dir], { encoding: 'utf8' }),
  ) as Opening;
}

function readEverything(dir: string): number {
  const begun = performance.now();
  for (const folder of readdirSync(dir).filter((name) => name.startsWith('snapshot-'))) {
    for (const name of readdirSync(join(dir, folder))) readFileSync(join(dir, folder, name));
  }
  return performance.now() - begun;
}
