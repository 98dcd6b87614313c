/** The vectors of the 997 questions, embedded once and kept beside the indexes of the benchmarks. */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { benchQuestions, DIMENSIONS } from './bench-corpus.ts';
import { bundledModelIdentity, openBundledEmbedder } from './bundled-model.ts';

const CACHE = resolve(import.meta.dirname, '../../.cache/bench');

export async function questionVectors(): Promise<Float32Array[]> {
  const { fingerprint } = await bundledModelIdentity();
  const path = resolve(CACHE, `questions-${fingerprint.slice(0, 12)}.f32`);
  if (!existsSync(path)) await embedQuestions(path);
  const bytes = readFileSync(path);
  const all = new Float32Array(bytes.buffer, bytes.byteOffset, bytes.length / 4);
  return Array.from({ length: all.length / DIMENSIONS }, (_, at) =>
    all.slice(at * DIMENSIONS, (at + 1) * DIMENSIONS),
  );
}

async function embedQuestions(path: string): Promise<void> {
  const embedder = await openBundledEmbedder();
  const questions = benchQuestions();
  const all = new Float32Array(questions.length * DIMENSIONS);
  for (const [at, question] of questions.entries())
    all.set(await embedder.embedQuery(question), at * DIMENSIONS);
  await embedder.close();
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, all);
}
