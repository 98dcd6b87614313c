import { describe, expect, it } from 'vitest';
import { HashingEmbedder } from '../../src/embed/hashing-embedder.ts';
import { ExactEngine } from '../../src/engine/exact/exact-engine.ts';
import { readCollection } from '../../src/evaluate/collection.ts';
import { type EvaluateOptions, evaluateCollection } from '../../src/evaluate/evaluate-collection.ts';
import { trecRun } from '../../src/evaluate/trec-run.ts';
import { embeddedText } from '../../src/paper/embedded-text.ts';
import { type Files, jsonLines, judgedFolder, SMALL } from './judged-folder.ts';

async function evaluated(files: Files, options: Partial<EvaluateOptions> = {}) {
  const collection = await readCollection(judgedFolder(files));
  const embedder = new HashingEmbedder();
  const engine = new ExactEngine(embedder.model);
  const vectors = await embedder.embedDocuments(collection.papers.map(embeddedText));
  await engine.upsert(
    collection.papers.map((paper, at) => ({ paper, vector: vectors[at] ?? new Float32Array() })),
  );
  return evaluateCollection(collection, { engine, embedder, ...options });
}

const idsOf = (run: Awaited<ReturnType<typeof evaluated>>[number] | undefined) =>
  run?.run.map(({ hits }) => hits.map(({ id }) => id));

describe('evaluateCollection', () => {
  it('runs every mode over every judged query', async () => {
    const runs = await evaluated(SMALL);
    expect(runs.map(({ result }) => [result.mode, result.fusion])).toEqual([
      ['hybrid', 'neighbours'],
      ['semantic', null],
      ['keyword', null],
    ]);
    for (const { run, result } of runs) {
      expect(run.map(({ query }) => query.id)).toEqual(['q1', 'q2', 'd1']);
      expect(result).toMatchObject({ ndcg10: 1, recall100: 1, mrr10: 1, map: 1 });
      expect(result.p95Ms).toBeGreaterThanOrEqual(result.p50Ms);
    }
  });

  it("leaves a query's own paper out of its ranking, by text and by id", async () => {
    for (const isRelatedById of [false, true]) {
      const runs = await evaluated(SMALL, { isRelatedById });
      for (const run of runs) expect(idsOf(run)?.[2]).not.toContain('1');
    }
  });

  it('keeps papers that are alike apart', async () => {
    const twins = ['1', '2', '3'].map((id) => ({ id, title: 'Same title', abstract: 'The same text.' }));
    const [hybrid] = await evaluated({
      'papers.jsonl': jsonLines(...twins),
      'queries.jsonl': jsonLines({ id: 'q', text: 'the same text' }),
      'qrels.tsv': 'q\t2\t1\nq\t3\t1\n',
    });
    expect(idsOf(hybrid)?.[0]?.toSorted()).toEqual(['1', '2', '3']);
  });

  it('reads rankings deeper than a page, each paper once', async () => {
    const papers = Array.from({ length: 250 }, (_, at) => ({
      id: `${at}`,
      title: `flow ${at}`,
      abstract: '',
    }));
    const files = {
      'papers.jsonl': jsonLines(...papers),
      'queries.jsonl': jsonLines({ id: 'q', text: 'flow' }),
      'qrels.tsv': 'q\t2\t1\n',
    };
    const [keyword] = await evaluated(files, { modes: ['keyword'] });
    expect(new Set(idsOf(keyword)?.[0]).size).toBe(250);
    const [cut] = await evaluated(files, { modes: ['keyword'], depth: 120 });
    expect(idsOf(cut)?.[0]).toEqual(idsOf(keyword)?.[0]?.slice(0, 120));
  });

  it('counts a query without a word as one that found nothing', async () => {
    const [hybrid] = await evaluated(
      { ...SMALL, 'queries.jsonl': jsonLines({ id: 'q1', text: '?!' }, { id: 'q2', text: 'heat transfer' }) },
      { modes: ['hybrid'] },
    );
    expect(hybrid?.scores.ndcg10).toEqual([0, 1]);
  });

  it('asks with a text that is too long for a question', async () => {
    const text = 'heat transfer in hypersonic flow '.repeat(200);
    const [hybrid] = await evaluated({ ...SMALL, 'queries.jsonl': jsonLines({ id: 'q2', text }) });
    expect(idsOf(hybrid)?.[0]?.[0]).toBe('2');
  });
});

describe('trecRun', () => {
  it('numbers ranks from 1 and scores from the end', async () => {
    const [run] = await evaluated(SMALL, { modes: ['keyword'] });
    const [first] = run?.run ?? [];
    if (first === undefined) throw new Error('no run');
    const [hit] = first.hits;
    if (hit === undefined) throw new Error('no hit');
    const spaced = {
      query: { id: 'q 1', text: '' },
      hits: [hit, { ...hit, id: '2' }],
    };
    expect(trecRun(spaced, 'tag')).toBe('q_1 Q0 10 1 2 tag\nq_1 Q0 2 2 1 tag\n');
  });
});
