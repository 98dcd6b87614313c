import { describe, expect, it } from 'vitest';
import { MAX_TAGS } from '../../src/shelf/readable.ts';
import { LOCAL_OWNER } from '../../src/shelf/shelf.ts';
import { openShelves, paperOf } from './open-shelves.ts';

const GRAPHS = { q: 'graph neural networks' };
const KEY = '0123456789ab';

describe('what is kept of papers', () => {
  it('is saved once, changed in part, and taken out', async () => {
    const { shelves, put } = openShelves();
    await put(paperOf('a', 'Graph neural networks'), paperOf('b', 'Baking bread'));
    await shelves.put(LOCAL_OWNER, 'a', { addTags: ['Thesis', ' thesis ', 'to  cite'] });
    await shelves.put(LOCAL_OWNER, 'b');
    await shelves.put(LOCAL_OWNER, 'a', { note: 'Section 3.' });
    await shelves.put(LOCAL_OWNER, 'a', { isRead: true, removeTags: ['THESIS'] });
    const [latest, first] = await shelves.entries(LOCAL_OWNER);
    expect(latest).toMatchObject({ id: 'b', isRead: false, tags: [], note: '' });
    expect(first).toMatchObject({ id: 'a', isRead: true, tags: ['to cite'], note: 'Section 3.' });
    expect([...(await shelves.saved(LOCAL_OWNER, ['a', 'c'])).keys()]).toEqual(['a']);
    await shelves.remove(LOCAL_OWNER, 'a');
    expect((await shelves.entries(LOCAL_OWNER)).map(({ id }) => id)).toEqual(['b']);
    await expect(shelves.remove(LOCAL_OWNER, 'a')).rejects.toMatchObject({ code: 'PAPER_NOT_FOUND' });
  });

  it('is of each reader alone', async () => {
    const { shelves, put, store } = openShelves();
    await put(paperOf('a', 'Graph neural networks'));
    await shelves.put(KEY, 'a', { note: 'mine' });
    expect(await shelves.entries(LOCAL_OWNER)).toEqual([]);
    await shelves.put(LOCAL_OWNER, 'a');
    expect(await shelves.entries(KEY)).toMatchObject([{ note: 'mine' }]);
    expect(await store.owners()).toEqual([LOCAL_OWNER, KEY]);
    await expect(shelves.put('../up', 'a')).rejects.toThrow('no owner');
  });

  it('stays readable when the paper has left the index, and can still be changed and taken out', async () => {
    const { shelves, put, engine } = openShelves();
    await put(paperOf('a', 'Graph neural networks'));
    await shelves.put(LOCAL_OWNER, 'a', { addTags: ['kept'] });
    await engine.remove(['a']);
    expect(await shelves.put(LOCAL_OWNER, 'a', { note: 'gone?' })).toMatchObject({
      ...{ id: 'a', title: 'Graph neural networks', tags: ['kept'], note: 'gone?', paper: undefined },
    });
    await expect(shelves.put(LOCAL_OWNER, 'never')).rejects.toMatchObject({ code: 'PAPER_NOT_FOUND' });
    await shelves.remove(LOCAL_OWNER, 'a');
    expect(await shelves.entries(LOCAL_OWNER)).toEqual([]);
  });

  it('follows papers that become one under another id', async () => {
    const { shelves, put, engine } = openShelves();
    const published = paperOf('10.1000/x', 'Graph neural networks');
    const preprint = paperOf('2401.00001', 'Graph neural networks at last');
    await put(published, preprint);
    await shelves.put(LOCAL_OWNER, published.id, { addTags: ['one'], note: 'of the article' });
    await shelves.put(LOCAL_OWNER, preprint.id, { addTags: ['two'], note: 'of the preprint', isRead: true });
    const records = [
      { source: 'crossref', paper: published },
      { source: 'arxiv', paper: preprint },
    ];
    await engine.upsert([{ paper: preprint, records }], [published.id]);
    const joined = { id: preprint.id, title: preprint.title, tags: ['one', 'two'], isRead: true };
    const both = { ...joined, note: 'of the article\n\nof the preprint' };
    expect(await shelves.entries(LOCAL_OWNER)).toMatchObject([both]);
    expect((await shelves.saved(LOCAL_OWNER, [preprint.id, 'other'])).get(preprint.id)).toMatchObject(both);
    await shelves.put(LOCAL_OWNER, published.id, { addTags: ['three'] });
    expect(await shelves.entries(LOCAL_OWNER)).toMatchObject([{ ...both, tags: ['one', 'two', 'three'] }]);
    expect((await shelves.read(LOCAL_OWNER)).entries).toHaveLength(1);
    await shelves.remove(LOCAL_OWNER, published.id);
    expect(await shelves.entries(LOCAL_OWNER)).toEqual([]);
  });

  it('has bounds, and is as it was when they are hit', async () => {
    const { shelves, put } = openShelves();
    await put(paperOf('a', 'Graph neural networks'));
    await shelves.put(LOCAL_OWNER, 'a', { tags: ['one'] });
    const many = Array.from({ length: MAX_TAGS }, (_, at) => `tag ${at}`);
    const tooMany = shelves.put(LOCAL_OWNER, 'a', { addTags: many });
    await expect(tooMany).rejects.toMatchObject({ code: 'INPUT_INVALID', message: /at most 30 tags/ });
    expect(await shelves.entries(LOCAL_OWNER)).toMatchObject([{ tags: ['one'] }]);
  });
});

describe('saved searches', () => {
  it('tell what came since somebody looked, and looking is what makes it old', async () => {
    const { shelves, put } = openShelves();
    await put(paperOf('old', 'Graph neural networks of old'));
    const { id } = await shelves.putSearch(LOCAL_OWNER, { question: GRAPHS });
    const count = async () => (await shelves.searches(LOCAL_OWNER)).map(({ news }) => news.count);
    expect(await count()).toEqual([0]);
    await put(paperOf('new', 'Graph neural networks anew'), paperOf('far', 'Baking bread at home'));
    expect(await count()).toEqual([1]);
    const looked = await shelves.look(LOCAL_OWNER, id);
    expect(looked).toMatchObject({ isWhole: true, isWaiting: false, search: { name: GRAPHS.q } });
    expect(looked.hits.map(({ paper }) => paper.id)).toEqual(['new']);
    expect(await count()).toEqual([0]);
    // What was new stays to be seen after the look that has found it, and after one that finds nothing.
    await shelves.look(LOCAL_OWNER, id);
    expect((await shelves.lastSeen(LOCAL_OWNER, id)).hits.map(({ paper }) => paper.id)).toEqual(['new']);
    await put(paperOf('old', 'Graph neural networks of old, revised'));
    expect(await count()).toEqual([0]);
  });

  it('keep to their filters', async () => {
    const { shelves, put } = openShelves();
    await shelves.putSearch(LOCAL_OWNER, { question: { ...GRAPHS, category: ['math'], from: '2026' } });
    await put(
      paperOf('wrong', 'Graph neural networks', { published: '2026-11-01' }),
      paperOf('early', 'Graph neural networks', { published: '1999', categories: ['math.CO'] }),
      paperOf('right', 'Graph neural networks', { published: '2026-11-01', categories: ['math.CO'] }),
    );
    expect(await shelves.searches(LOCAL_OWNER)).toMatchObject([{ news: { count: 1 } }]);
  });

  it('are kept once each, are renamed and taken out', async () => {
    const { shelves } = openShelves();
    const { id } = await shelves.putSearch(LOCAL_OWNER, { question: { ...GRAPHS, category: ['b', 'a'] } });
    await shelves.putSearch(LOCAL_OWNER, { question: { category: ['a', 'b'], ...GRAPHS }, name: 'Graphs' });
    expect(await shelves.searches(LOCAL_OWNER)).toMatchObject([{ id, name: 'Graphs' }]);
    expect(await shelves.renameSearch(LOCAL_OWNER, id, ' Networks ')).toMatchObject({ name: 'Networks' });
    await shelves.removeSearch(LOCAL_OWNER, id);
    expect(await shelves.searches(LOCAL_OWNER)).toEqual([]);
    await expect(shelves.look(LOCAL_OWNER, id)).rejects.toMatchObject({ code: 'SEARCH_NOT_FOUND' });
  });
});

describe('a library put into another', () => {
  it('loses nothing, and twice is once', async () => {
    const { shelves, put } = openShelves();
    await put(paperOf('a', 'Graph neural networks'), paperOf('b', 'Baking bread'));
    await shelves.put(LOCAL_OWNER, 'a', { addTags: ['mine'], note: 'one' });
    await shelves.put(KEY, 'a', { addTags: ['theirs'], note: 'two', isRead: true });
    await shelves.put(KEY, 'b');
    await shelves.putSearch(KEY, { question: GRAPHS, name: 'Graphs' });
    const given = await shelves.read(KEY);
    const once = await shelves.merge(LOCAL_OWNER, given);
    expect(once.entries).toMatchObject([
      { id: 'a', tags: ['mine', 'theirs'], note: 'one\n\ntwo', isRead: true },
      { id: 'b' },
    ]);
    expect(once.searches).toMatchObject([{ name: 'Graphs', question: GRAPHS }]);
    const twice = await shelves.merge(LOCAL_OWNER, given);
    expect(twice).toEqual({ ...once, revision: once.revision + 1 });
  });
});
