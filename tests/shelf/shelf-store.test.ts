import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { joinEntries, putEntry } from '../../src/shelf/change-entries.ts';
import { EMPTY_SHELF, type Entry, LOCAL_OWNER, type Shelf } from '../../src/shelf/shelf.ts';
import { fromDocument, shelfDocument, toDocument } from '../../src/shelf/shelf-document.ts';
import { storeIn, temporaryFolder } from './open-shelves.ts';

function saving(id: string) {
  return (shelf: Shelf) =>
    putEntry(shelf, { id, title: id, names: new Set([id]) }, { change: { addTags: [id] }, nowMs: 0 });
}

it('loses no change, though two windows and another process make them at once', async () => {
  const folder = join(temporaryFolder(), 'readers');
  // Two stores know nothing of each other, as two processes.
  const stores = [storeIn(folder), storeIn(folder)];
  const ids = Array.from({ length: 12 }, (_, at) => `paper-${at}`);
  await Promise.all(ids.map((id, at) => stores[at % 2]?.change(LOCAL_OWNER, saving(id))));
  for (const store of stores) {
    const { entries, revision } = await store.read(LOCAL_OWNER);
    expect(entries.map(({ id }) => id).toSorted()).toEqual(ids.toSorted());
    expect(revision).toBe(ids.length);
  }
});

it('is for its owner alone, and nothing is written before something is kept', async () => {
  const folder = join(temporaryFolder(), 'readers');
  const store = storeIn(folder);
  expect(await store.read(LOCAL_OWNER)).toEqual(EMPTY_SHELF);
  expect(await store.owners()).toEqual([]);
  expect(existsSync(folder)).toBe(false);
  // What an interrupted change has left behind is not in the way.
  mkdirSync(folder);
  writeFileSync(join(folder, 'local.json.new'), '{"half', { mode: 0o666 });
  await store.change(LOCAL_OWNER, saving('a'));
  expect(statSync(join(folder, 'local.json')).mode & 0o777).toBe(0o600);
  expect(readdirSync(folder)).not.toContain('local.json.new');
});

it.each([
  ['half of it', '{"format":"pharos-library","version":1,'],
  ['nothing', ''],
  ['something else', '{"entries":[]}'],
  [
    'what a later version wrote',
    '{"format":"pharos-library","version":2,"revision":1,"entries":[],"searches":[]}',
  ],
])('reports a file that holds %s, and leaves it alone', async (_name, text) => {
  const folder = temporaryFolder();
  const path = join(folder, 'local.json');
  writeFileSync(path, text);
  const store = storeIn(folder);
  await expect(store.read(LOCAL_OWNER)).rejects.toMatchObject({ code: 'LIBRARY_DAMAGED' });
  await expect(store.change(LOCAL_OWNER, saving('a'))).rejects.toMatchObject({ code: 'LIBRARY_DAMAGED' });
  expect(readFileSync(path, 'utf8')).toBe(text);
});

it('writes nothing for a change that fails or changes nothing', async () => {
  const store = storeIn(temporaryFolder());
  await store.change(LOCAL_OWNER, saving('a'));
  const failing = store.change(LOCAL_OWNER, () => {
    throw new RangeError('no');
  });
  await expect(failing).rejects.toThrow('no');
  expect(await store.change(LOCAL_OWNER, (shelf) => shelf)).toMatchObject({ revision: 1 });
  expect(await store.change(LOCAL_OWNER, saving('b'))).toMatchObject({ revision: 2 });
});

const tag = fc.constantFrom('thesis', 'Thesis', 'to cite', 'später', '読む');
const entry: fc.Arbitrary<Entry> = fc.record({
  id: fc.constantFrom('a', 'b'),
  title: fc.string({ maxLength: 20 }),
  savedMs: fc.integer({ min: 0, max: 4_000_000_000_000 }),
  isRead: fc.boolean(),
  tags: fc.uniqueArray(tag, { selector: (text) => text.toLowerCase() }),
  note: fc.constantFrom('', 'one', 'two', 'one\n\ntwo', 'three'),
});

it('joins two entries so that nothing of either is lost, and joining again changes nothing', () => {
  fc.assert(
    fc.property(entry, entry, (one, other) => {
      const joined = joinEntries(one, other);
      for (const { note, tags } of [one, other]) {
        expect(joined.note).toContain(note);
        const keys = joined.tags.map((text) => text.toLowerCase());
        for (const text of tags) expect(keys).toContain(text.toLowerCase());
      }
      expect(joined.savedMs).toBe(Math.min(one.savedMs, other.savedMs));
      expect(joinEntries(joined, other)).toEqual(joined);
      expect(joinEntries(joined, one)).toEqual(joined);
    }),
  );
});

it('reads back from JSON what it has written', () => {
  const shelves = fc.record({
    revision: fc.nat(),
    entries: fc.array(entry),
    searches: fc.constant([
      {
        ...{ id: '5f0c21ab', name: 'n', question: { q: 'graphs', category: ['cs.LG'] } },
        ...{ savedMs: 1, lookedMs: 2, position: 3, earlier: 2 },
      },
    ]),
  });
  fc.assert(
    fc.property(shelves, (shelf) => {
      const text = JSON.stringify(toDocument(shelf));
      expect(fromDocument(shelfDocument.parse(JSON.parse(text)))).toEqual(shelf);
    }),
  );
});
