/** The day a paper came is noted when it comes, and not when it changes. */
import { expect, it } from 'vitest';
import { ExactEngine } from '../../src/engine/exact/exact-engine.ts';
import { AddTally } from '../../src/indexer/add-report.ts';
import { storePapers } from '../../src/indexer/store-papers.ts';
import type { Paper } from '../../src/paper/paper.ts';
import { makePaper, SPACE } from '../engine/fixtures.ts';

it('notes the day on which a paper comes, once', async () => {
  const engine = new ExactEngine(SPACE);
  const store = (papers: readonly Paper[], today: string) =>
    storePapers(
      (async function* () {
        for (const paper of papers) yield { row: { place: { file: 'a', line: 1 }, paper } };
      })(),
      { engine, tally: new AddTally(), today },
    );
  const first = makePaper({ id: 'first', title: 'A paper that changes later' });
  await store([first], '2026-11-20');
  await store([{ ...first, abstract: 'Now with an abstract.' }, makePaper({ id: 'second' })], '2026-11-21');
  expect((await engine.status()).founded).toBe('2026-11-20');
  const { docIds } = await engine.newest({ filter: { arrivedFrom: '2026-11-21' }, limit: 10 });
  expect((await engine.papers([...docIds])).map((paper) => paper?.id)).toEqual(['second']);
});
