/** An index in memory whose papers are of a few subjects: vectors near to one of some directions, words of its own. */
import type { IndexedPaper } from '../../src/engine/engine.ts';
import { ExactEngine } from '../../src/engine/exact/exact-engine.ts';
import { seededRandom } from '../../src/map/random.ts';

export const SUBJECTS = ['galaxies', 'proteins', 'theorems', 'robots'];
const DIMENSIONS = 16;

export function papersOf(from: number, to: number): IndexedPaper[] {
  return Array.from({ length: to - from }, (_, at) => paperAt(from + at));
}

export function subjectOf(number: number): number {
  return number % SUBJECTS.length;
}

function paperAt(number: number): IndexedPaper {
  const random = seededRandom(number + 1);
  // The first numbers of neighbouring seeds are alike.
  for (let skipped = 0; skipped < 8; skipped += 1) random();
  const subject = subjectOf(number);
  const raw = Float32Array.from({ length: DIMENSIONS }, (_, at) =>
    at === subject ? 1 : 0.25 * (random() - 0.5),
  );
  const length = Math.hypot(...raw);
  const word = SUBJECTS[subject] ?? '';
  return {
    paper: {
      id: `p${number}`,
      title: `On ${word}, part ${number}`,
      abstract: `We look at ${word} again.`,
      authors: [],
      categories: [subject % 2 === 0 ? 'astro-ph.GA' : 'cs.RO'],
      published: `${2000 + (number % 20)}`,
    },
    vector: raw.map((component) => component / length),
  };
}

export async function clusteredEngine(count: number): Promise<ExactEngine> {
  const engine = new ExactEngine({ name: 'test', dimensions: DIMENSIONS, fingerprint: 'test' });
  await engine.upsert(papersOf(0, count));
  return engine;
}
