import fc from 'fast-check';
import { expect, test } from 'vitest';
import { decodeRun, PostingLists } from '../../../src/engine/embedded/posting-lists.ts';

type Posting = [docId: number, frequency: number];

const postings = fc
  .uniqueArray(fc.tuple(fc.integer({ min: 1, max: 0x7fffffff }), fc.integer({ min: 1, max: 255 })), {
    selector: ([docId]) => docId,
    maxLength: 60,
  })
  .map((list) => list.sort(([a], [b]) => a - b));

function read(lists: PostingLists, term: number): Posting[] {
  const found: Posting[] = [];
  lists.visitRuns(term, (bytes, start, end) => {
    decodeRun(bytes, start, end, (docId, frequency) => found.push([docId, frequency]));
  });
  return found;
}

test('gives back what was appended, for docIds up to 2^31', () => {
  fc.assert(
    fc.property(postings, (list) => {
      const lists = new PostingLists();
      for (const [docId, frequency] of list) lists.append(0, docId, frequency);
      expect(read(lists, 0)).toEqual(list);
      expect(lists.documentFrequency(0)).toBe(list.length);
    }),
  );
});

test('compacting joins base and fresh postings and drops the papers that are gone', () => {
  fc.assert(
    fc.property(postings, fc.nat(60), fc.func(fc.boolean()), (list, cut, isLive) => {
      const first = new PostingLists();
      for (const [docId, frequency] of list.slice(0, cut)) first.append(1, docId, frequency);
      const second = new PostingLists(first.compacted(2, () => true));
      for (const [docId, frequency] of list.slice(cut)) second.append(1, docId, frequency);
      expect(read(second, 1)).toEqual(list);
      const third = new PostingLists(second.compacted(2, isLive));
      const expected = list.filter(([docId]) => isLive(docId));
      expect(read(third, 1)).toEqual(expected);
      expect(third.documentFrequency(1)).toBe(expected.length);
      expect(read(third, 0)).toEqual([]);
    }),
  );
});
