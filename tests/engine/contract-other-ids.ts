/** The part of the engine contract about papers that sources have under several ids. */
import { expect, it } from 'vitest';
import { titleKey } from '../../src/paper/title-key.ts';
import type { CurrentEngine } from './contract.ts';
import { makePaper, makeVector } from './fixtures.ts';

const PAPER = makePaper({ id: '2307.09288', title: 'Chat models', abstract: 'Open.', doi: '10.1000/chat' });
const TYPED = makePaper({
  id: 'key1',
  title: 'Chat: models',
  url: 'https://aclanthology.org/2023.acl-long.7/',
});
const CROSSREF = makePaper({ id: '10.1000/chat', title: 'Chat models in print', doi: '10.1000/chat' });
const RECORDS = [
  { source: 'arxiv', taken: '2026-11-01', paper: PAPER },
  { source: 'bibtex', taken: '2026-11-02', paper: TYPED },
  { source: 'bibtex', taken: '2026-11-03', paper: makePaper({ id: 'key2', title: 'Chat models' }) },
  { source: 'crossref', taken: '2026-11-03', paper: CROSSREF },
];
const IDS = ['2307.09288', 'key1', 'key2', '10.1000/chat'];

export function describeOtherIds(current: CurrentEngine): void {
  const found = async (...keys: Parameters<ReturnType<CurrentEngine>['lookup']>[0]) => {
    const docIds = await current().lookup(keys);
    return Promise.all(docIds.map(async (some) => (await current().papers(some)).map((paper) => paper?.id)));
  };

  it('answers to every id under which a source has a paper', async () => {
    await current().upsert([{ paper: PAPER, vector: makeVector(0), records: RECORDS }]);
    for (const id of IDS) {
      expect(await current().get([id])).toEqual([PAPER]);
      expect(await current().records([id])).toEqual([RECORDS]);
      expect((await current().vectors([id]))[0]).toHaveLength(makeVector(0).length);
      expect(await found({ kind: 'id', value: id }, { kind: 'named', value: id })).toEqual([
        [PAPER.id],
        [PAPER.id],
      ]);
    }
    expect(await current().status()).toMatchObject({ papers: 1, embedded: 1 });
  });

  it('finds it by whatever a source names or calls it', async () => {
    await current().upsert([{ paper: PAPER, records: RECORDS }, { paper: makePaper({ id: 'b' }) }]);
    const named = (value: string) => ({ kind: 'named' as const, value });
    const titled = (title: string) => ({ kind: 'title' as const, value: titleKey(title) });
    expect(
      await found(named('2023.acl-long.7'), named('none'), titled('Chat models in print'), titled('Chat')),
    ).toEqual([[PAPER.id], [], [PAPER.id], []]);
    // An address is no id.
    expect(await found({ kind: 'id', value: '2023.acl-long.7' })).toEqual([[]]);
  });

  it('gives at most as many as are asked for, lowest first', async () => {
    const alike = ['a', 'b', 'c'].map((id) => ({
      paper: makePaper({ id, title: 'Alike', doi: '10.1000/one' }),
    }));
    await current().upsert(alike);
    const keys = [
      { kind: 'title', value: titleKey('Alike') },
      { kind: 'named', value: '10.1000/one' },
      { kind: 'doi', value: '10.1000/one' },
    ] as const;
    const all = await current().lookup(keys);
    expect(all.map(({ length }) => length)).toEqual([3, 3, 3]);
    expect(await current().lookup(keys, 2)).toEqual(all.map((docIds) => docIds.slice(0, 2)));
  });

  it('puts one paper in the place of several in one step, and keeps the vector of its text', async () => {
    await current().upsert([
      { paper: makePaper({ ...PAPER, id: 'key1' }), vector: makeVector(1) },
      { paper: CROSSREF, vector: makeVector(2) },
    ]);
    await current().upsert([{ paper: PAPER, records: RECORDS }], ['key1', '10.1000/chat']);
    expect(await current().status()).toMatchObject({ papers: 1, embedded: 1 });
    expect(await current().get(IDS)).toEqual(IDS.map(() => PAPER));
    expect(await current().vectors(['key1'])).toEqual([makeVector(1)]);
  });

  it('lets ids pass from one paper to another, in either order of a batch', async () => {
    const [arxiv, typed, second, crossref] = RECORDS as [Said, Said, Said, Said];
    const apart = [
      { paper: PAPER, records: [arxiv, second] },
      { paper: TYPED, records: [typed] },
      { paper: CROSSREF, records: [crossref] },
    ];
    for (const batch of [apart, apart.toReversed()]) {
      await current().upsert([{ paper: PAPER, records: RECORDS }], ['key1', '10.1000/chat']);
      await current().upsert(batch);
      expect(await current().records([PAPER.id, 'key1', 'key2', '10.1000/chat'])).toEqual([
        [arxiv, second],
        [typed],
        [arxiv, second],
        [crossref],
      ]);
    }
  });

  it('removes a paper by any of its ids, and then answers to none', async () => {
    await current().upsert([{ paper: PAPER, records: RECORDS }]);
    expect(await current().remove(['key1', PAPER.id])).toBe(1);
    expect(await current().get(IDS)).toEqual(IDS.map(() => undefined));
    expect(await current().records(IDS)).toEqual(IDS.map(() => []));
    await current().upsert([{ paper: TYPED }]);
    expect(await current().get(['key1', 'key2'])).toEqual([TYPED, undefined]);
  });
}

type Said = (typeof RECORDS)[number];
