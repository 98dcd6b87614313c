/**
 * Memory a paper: resident size of a fresh process that has opened an index and answered a hundred questions, less
 * that of the same process over an empty index. Query vectors are given, so no model is in either.
 */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { benchIndex, buildBenchIndex } from './bench-index.ts';
import type { BenchResult } from './bench-result.ts';
import { median, round } from './measure.ts';

const SIZE = 100_000;
const ROUNDS = 3;

export async function benchMemory(): Promise<BenchResult> {
  const full = await benchIndex(SIZE);
  const empty = join(mkdtempSync(join(tmpdir(), 'pharos-bench-')), 'index');
  await buildBenchIndex(0, empty);
  const residentOf = (dir: string) => median(Array.from({ length: ROUNDS }, () => residentBytes(dir)));
  const [fullBytes, emptyBytes] = [residentOf(full), residentOf(empty)];
  rmSync(empty, { recursive: true });
  return {
    settings: { papers: SIZE, rounds: ROUNDS },
    results: {
      residentMb: round(fullBytes / 1e6),
      residentEmptyMb: round(emptyBytes / 1e6),
      bytesAPaper: Math.round((fullBytes - emptyBytes) / SIZE),
    },
  };
}

function residentBytes(dir: string): number {
  const child = resolve(import.meta.dirname, 'memory-child.ts');
  return Number(
    execFileSync(process.execPath, ['--expose-gc', '--import', 'tsx', child, dir], { encoding: 'utf8' }),
  );
}
