/** Related work: by papers, by texts, towards some and away from others. */
import { describe, expect, it } from 'vitest';
import type { SearchAnswer } from '../../src/search/answer.ts';
import { MAX_TEXT_LENGTH } from '../../src/search/request.ts';
import { rocchio } from '../../src/search/rocchio.ts';
import { tellingTerms } from '../../src/search/telling-terms.ts';
import { makePaper } from '../engine/fixtures.ts';
import { makeLibrary } from './fixtures.ts';

const PAPERS = [
  makePaper({
    id: 'w1',
    title: 'Whale songs',
    abstract: 'Humpback whales sing in the ocean.',
    published: '2001',
  }),
  makePaper({
    id: 'w2',
    title: 'Songs of humpback whales',
    abstract: 'We record whales.',
    published: '2010',
  }),
  makePaper({
    id: 'w3',
    title: 'Singing in the ocean',
    abstract: 'Humpback and fin whales.',
    published: '2020',
  }),
  makePaper({
    id: 'n1',
    title: 'Neural networks',
    abstract: 'Deep networks learn songs.',
    published: '2015',
  }),
  makePaper({ id: 'n2', title: 'Learning deep networks', abstract: 'Gradients flow.', published: '2016' }),
  makePaper({ id: 'r1', title: 'Rivers', abstract: 'Water flows over stones.', published: '2017' }),
];

const library = (bare: readonly string[] = []) => makeLibrary(PAPERS, { bare });

function idsOf({ hits }: SearchAnswer): string[] {
  return hits.map(({ paper }) => paper.id);
}

describe('related', () => {
  it('finds the work around a paper without the model and without the paper', async () => {
    const { searcher, embedder } = await library();
    const answer = await searcher.related({ positive: ['w1'] });
    expect(idsOf(answer).slice(0, 2).toSorted()).toEqual(['w2', 'w3']);
    expect(idsOf(answer)).not.toContain('w1');
    expect(answer).toMatchObject({ query: 'w1', mode: 'hybrid', total: 5 });
    expect(embedder).toMatchObject({ queries: [], documents: [] });
  });

  it.each(['hybrid', 'semantic', 'keyword'] as const)(
    'leaves all named papers out in mode %s',
    async (mode) => {
      const { searcher } = await library();
      const answer = await searcher.related({ positive: ['w1', 'w2'], negative: ['n1'], mode });
      expect(idsOf(answer).filter((id) => ['w1', 'w2', 'n1'].includes(id))).toEqual([]);
      expect(answer.total).toBe(answer.hits.length);
      expect(idsOf(answer)[0]).toBe('w3');
    },
  );

  it('counts ranks without the papers named', async () => {
    const { searcher } = await library();
    const { hits } = await searcher.related({ positive: ['w1'], mode: 'semantic' });
    expect(hits.map(({ match }) => match.semanticRank)).toEqual([1, 2, 3, 4, 5]);
  });

  it('finds the work around a pasted text, embedded as papers are', async () => {
    const { searcher, embedder } = await library();
    const text = 'Gradients train deep neural networks.';
    const answer = await searcher.related({ positiveTexts: [text, '  '] });
    expect(idsOf(answer).slice(0, 2).toSorted()).toEqual(['n1', 'n2']);
    expect(answer.query).toBe(text);
    expect(embedder).toMatchObject({ queries: [], documents: [text] });
  });

  it('puts the paper whose own text was pasted first, and judges the others as if it were named', async () => {
    const { searcher } = await library();
    const byId = await searcher.related({ positive: ['w1'], limit: 10 });
    for (const text of [
      'Whale songs\nHumpback whales sing in the ocean.',
      'WHALE SONGS. Humpback whales, sing in the ocean!',
    ]) {
      const { hits, total } = await searcher.related({ positiveTexts: [text], limit: 10 });
      expect(hits[0]).toMatchObject({ paper: { id: 'w1' }, match: { exact: 'text', lexicalRank: 1 } });
      expect(hits.slice(1).map(({ paper, score }) => [paper.id, expect.closeTo(score, 5)])).toEqual(
        byId.hits.map(({ paper, score }) => [paper.id, score]),
      );
      expect(total).toBe(byId.total + 1);
      const page = await searcher.related({ positiveTexts: [text], limit: 2, offset: 1 });
      expect(idsOf(page)).toEqual(hits.slice(1, 3).map(({ paper }) => paper.id));
    }
  });

  it('does not put first what the filter refuses, is named anyway, or is only alike', async () => {
    const { searcher } = await library();
    const text = 'Whale songs\nHumpback whales sing in the ocean.';
    const exactOf = ({ hits }: SearchAnswer) => hits.filter(({ match }) => match.exact !== null);
    expect(exactOf(await searcher.related({ positiveTexts: [text], filter: { from: '2100' } }))).toEqual([]);
    expect(exactOf(await searcher.related({ positive: ['w1'], positiveTexts: [text] }))).toEqual([]);
    expect(exactOf(await searcher.related({ positiveTexts: [`${text} And krill migrate far.`] }))).toEqual(
      [],
    );
  });

  it('embeds a paper that has no vector yet', async () => {
    const { searcher, embedder } = await library(['w1']);
    const answer = await searcher.related({ positive: ['w2', 'w1'], positiveTexts: ['ocean'] });
    expect(embedder.documents).toEqual(['Whale songs\nHumpback whales sing in the ocean.', 'ocean']);
    expect(idsOf(answer)[0]).toBe('w3');
  });

  it('asks no model by keyword', async () => {
    const { searcher, embedder } = await library(['w1']);
    const answer = await searcher.related({ positive: ['w1'], positiveTexts: ['stones'], mode: 'keyword' });
    expect(embedder.documents).toEqual([]);
    expect(idsOf(answer)).toContain('r1');
    expect(answer.hits.every(({ match }) => match.lexicalRank !== null)).toBe(true);
  });

  it('turns away from negatives', async () => {
    const { searcher } = await library();
    const towards = await searcher.related({ positiveTexts: ['songs'], limit: 10 });
    const away = await searcher.related({
      positiveTexts: ['songs'],
      negativeTexts: ['whales humpback songs'],
    });
    const rankOf = (answer: SearchAnswer, id: string) => idsOf(answer).indexOf(id);
    expect(rankOf(towards, 'w2')).toBeLessThan(rankOf(towards, 'n1'));
    expect(rankOf(away, 'n1')).toBeLessThan(rankOf(away, 'w2'));
  });

  it('keeps to filter, limit and offset', async () => {
    const { searcher } = await library();
    const filter = { from: '2010' };
    const whole = await searcher.related({ positive: ['w1'], filter });
    expect(idsOf(whole).toSorted()).toEqual(['n1', 'n2', 'r1', 'w2', 'w3']);
    const page = await searcher.related({ positive: ['w1'], filter, limit: 2, offset: 1 });
    expect(idsOf(page)).toEqual(idsOf(whole).slice(1, 3));
    expect(page.hits.map(({ rank }) => rank)).toEqual([2, 3]);
  });

  it('marks the telling words', async () => {
    const { searcher } = await library();
    const { hits } = await searcher.related({ positive: ['w1'] });
    const passage = hits.find(({ paper }) => paper.id === 'w3')?.match.passage;
    expect(passage?.highlights.map(([start, end]) => passage.text.slice(start, end))).toEqual([
      'Humpback',
      'whales',
    ]);
  });

  it('is empty in an empty index', async () => {
    const { searcher } = await makeLibrary([]);
    expect(await searcher.related({ positiveTexts: ['whales'] })).toMatchObject({ total: 0, hits: [] });
  });
});

describe('related refuses', () => {
  it.each([{}, { positive: [] }, { negative: ['w1'] }, { positiveTexts: [' '] }])(
    'nothing to be near to: %j',
    async (request) => {
      const { searcher } = await library();
      await expect(searcher.related(request)).rejects.toMatchObject({ code: 'QUERY_EMPTY' });
    },
  );

  it('unknown papers, all at once', async () => {
    const { searcher } = await library();
    const request = { positive: ['w1', 'x1'], negative: ['x2'] };
    await expect(searcher.related(request)).rejects.toMatchObject({
      code: 'PAPER_NOT_FOUND',
      issues: [{ pointer: 'positive/1' }, { pointer: 'negative/0' }],
    });
  });

  it('too much', async () => {
    const { searcher } = await library();
    const long = 'x'.repeat(MAX_TEXT_LENGTH + 1);
    await expect(searcher.related({ positiveTexts: ['a', long] })).rejects.toMatchObject({
      code: 'INPUT_INVALID',
      issues: [{ pointer: 'positiveTexts/1' }],
    });
    const many = Array.from({ length: 101 }, (_, at) => `p${at}`);
    await expect(searcher.related({ negative: many, positive: ['w1'] })).rejects.toMatchObject({
      code: 'INPUT_INVALID',
      issues: [{ pointer: 'negative' }],
    });
  });
});

describe('rocchio', () => {
  const x = Float32Array.of(1, 0);
  const y = Float32Array.of(0, 1);

  it('is the mean of the positives less half that of the negatives, of unit length', () => {
    expect([...rocchio([x], [])]).toEqual([1, 0]);
    expect([...rocchio([x, y], [])]).toEqual([expect.closeTo(Math.SQRT1_2), expect.closeTo(Math.SQRT1_2)]);
    const away = rocchio([x], [y]);
    expect(away[1]).toBeCloseTo(-0.5 / Math.hypot(1, 0.5));
    expect(Math.hypot(...away)).toBeCloseTo(1);
  });

  it('falls back on the first positive where all cancels out', () => {
    expect([...rocchio([x, Float32Array.of(-1, 0)], [])]).toEqual([1, 0]);
  });
});

describe('tellingTerms', () => {
  it('are words of the text that the index holds, the rarest and most said first', async () => {
    const { engine } = await library();
    const found = await tellingTerms(engine, {
      positives: ['The whales, whales and gradients of the unheard-of zeppelin'],
      negatives: [],
    });
    expect(found.map(({ term }) => term)).toEqual(['gradient', 'whale']);
    expect(found[1]?.weight).toBeGreaterThan(1);
  });

  it('lose what the negatives say as often', async () => {
    const { engine } = await library();
    const found = await tellingTerms(engine, { positives: ['whale song'], negatives: ['song song'] });
    expect(found.map(({ term }) => term)).toEqual(['whale']);
  });

  it('are at most forty', async () => {
    const words = Array.from({ length: 60 }, (_, at) => `word${String.fromCharCode(97 + (at % 26))}${at}`);
    const { engine } = await makeLibrary([makePaper({ id: 'a', title: words.join(' ') })]);
    expect(await tellingTerms(engine, { positives: [words.join(' ')], negatives: [] })).toHaveLength(40);
  });
});
