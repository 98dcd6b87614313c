import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Engine, IndexedPaper } from '../../src/engine/engine.ts';
import { ExactEngine } from '../../src/engine/exact/exact-engine.ts';
import { isAppError } from '../../src/fault/app-error.ts';
import { type AddOptions, addPapers } from '../../src/indexer/add-papers.ts';
import { SAMPLE_LIMIT } from '../../src/indexer/add-report.ts';
import { embeddedText } from '../../src/paper/embedded-text.ts';
import type { Paper } from '../../src/paper/paper.ts';
import { CountingEmbedder, paper, papers, rowsOf, SPACE, vectorOf } from './fixtures.ts';

const SMALL = { batchSize: 4, embedSizes: { window: 8, step: 3, concurrency: 2 } };

interface Bench {
  readonly engine: Engine;
  readonly embedder: CountingEmbedder;
  readonly add: (
    list: readonly (Paper | 'faulty')[],
    options?: Partial<AddOptions>,
  ) => ReturnType<typeof addPapers>;
}

function bench(): Bench {
  const engine = new ExactEngine(SPACE);
  const embedder = new CountingEmbedder();
  return {
    engine,
    embedder,
    add: (list, options) => addPapers(rowsOf(list), { engine, embedder, ...SMALL, ...options }),
  };
}

async function contents(engine: Engine): Promise<Map<string, IndexedPaper>> {
  const all = new Map<string, IndexedPaper>();
  for await (const indexed of engine.scan()) all.set(indexed.paper.id, indexed);
  return all;
}

async function failure(promise: Promise<unknown>): Promise<unknown> {
  return promise.then(
    () => undefined,
    (error: unknown) => error,
  );
}

describe('addPapers', () => {
  it('stores and embeds every paper and counts what it did', async () => {
    const { engine, add } = bench();
    const report = await add([...papers(10), 'faulty', paper('p3'), paper('x', { version: 2 })]);
    expect(report).toMatchObject({
      read: 13,
      added: 11,
      updated: 1,
      unchanged: 0,
      older: 0,
      faulty: 1,
      samples: [{ file: 'test.jsonl', line: 11, reason: 'no title' }],
      embedded: 11,
      imported: 0,
      nothingChanged: false,
    });
    const all = await contents(engine);
    expect(all.size).toBe(11);
    for (const { paper, vector } of all.values()) expect(vector).toEqual(vectorOf(embeddedText(paper)));
  });

  it('changes nothing the second time, and asks the model for nothing', async () => {
    const { engine, embedder, add } = bench();
    await add(papers(10));
    const { generation } = await engine.status();
    embedder.beforeBatch = () => expect.unreachable('the model was asked');
    const report = await add(papers(10));
    expect(report).toMatchObject({ read: 10, unchanged: 10, added: 0, embedded: 0, nothingChanged: true });
    expect((await engine.status()).generation).toBe(generation);
  });

  it('lets a newer version replace an older one and never the other way', async () => {
    const { engine, add } = bench();
    const first = paper('a', { version: 1 });
    const second = paper('a', { version: 2, title: 'Revised', abstract: 'Revised too.' });
    expect(await add([second, first])).toMatchObject({ added: 1, older: 1 });
    expect(await add([first])).toMatchObject({ older: 1, nothingChanged: true });
    expect(await engine.get(['a'])).toEqual([second]);
  });

  it('embeds a paper again only when its text changed', async () => {
    const { embedder, add } = bench();
    await add([paper('a'), paper('b')]);
    embedder.texts.length = 0;
    const report = await add([paper('a', { venue: 'Nature' }), paper('b', { abstract: 'Something else.' })]);
    expect(report).toMatchObject({ updated: 2, embedded: 1 });
    expect(embedder.texts).toEqual(['Paper b\nSomething else.']);
  });

  it('keeps a bounded sample of the faulty rows', async () => {
    const { add } = bench();
    const report = await add(Array.from({ length: 50 }, () => 'faulty' as const));
    expect(report).toMatchObject({ read: 50, faulty: 50, nothingChanged: true });
    expect(report.samples).toHaveLength(SAMPLE_LIMIT);
  });

  it('stops at the first faulty row when strict, and keeps what came before it', async () => {
    const { engine, add } = bench();
    const error = await failure(add([...papers(6), 'faulty', paper('late')], { strict: true }));
    expect(isAppError(error, 'ROW_INVALID')).toBe(true);
    expect((error as Error).message).toContain('test.jsonl:7');
    expect((await engine.status()).papers).toBe(6);
  });

  it('says DISK_FULL whoever ran out of space', async () => {
    const { engine, add } = bench();
    engine.upsert = () =>
      Promise.reject(Object.assign(new Error('database or disk is full'), { code: 'SQLITE_FULL' }));
    expect(await failure(add(papers(1)))).toMatchObject({ code: 'DISK_FULL' });
  });

  it('keeps what was read before the source broke off', async () => {
    const { engine, embedder } = bench();
    async function* broken() {
      yield* rowsOf(papers(6));
      throw new Error('unexpected end of file');
    }
    const error = await failure(addPapers(broken(), { engine, embedder, ...SMALL }));
    expect(error).toMatchObject({ message: 'unexpected end of file' });
    expect((await engine.status()).papers).toBe(6);
  });

  it('tells how far it has come', async () => {
    const { add } = bench();
    const seen: string[] = [];
    await add(papers(10), {
      onProgress: ({ stage, done, total }) => seen.push(`${stage} ${done}/${total ?? '?'}`),
    });
    expect(seen.filter((line) => line.startsWith('store'))).toEqual(['store 4/?', 'store 8/?', 'store 10/?']);
    expect(seen.filter((line) => line.startsWith('embed')).at(-1)).toBe('embed 10/10');
  });
});

/** Counts the awaits of an engine and an embedder, and lets `hook` interfere with the n-th. */
function interfere({ engine, embedder }: Bench, hook: (step: number) => void): void {
  let step = 0;
  embedder.beforeBatch = () => hook(step++);
  for (const method of ['get', 'upsert', 'attachVectors', 'unembedded', 'checkpoint', 'status'] as const) {
    const original = engine[method].bind(engine) as (...parameters: unknown[]) => Promise<unknown>;
    Object.assign(engine, {
      [method]: async (...parameters: unknown[]) => {
        hook(step++);
        const result = await original(...parameters);
        hook(step++);
        return result;
      },
    });
  }
}

describe('addPapers, stopped at any moment', () => {
  const list = papers(21);

  async function stepsOfAWholeRun(): Promise<number> {
    const whole = bench();
    let steps = 0;
    interfere(whole, () => {
      steps++;
    });
    await whole.add(list);
    return steps;
  }

  it('goes on after Ctrl-C with nothing lost, nothing twice and nothing embedded again', async () => {
    const steps = await stepsOfAWholeRun();
    expect(steps).toBeGreaterThan(30);
    for (let stopAt = 0; stopAt < steps; stopAt++) {
      const run = bench();
      const controller = new AbortController();
      interfere(run, (step) => {
        if (step === stopAt) controller.abort();
      });
      const error = await failure(run.add(list, { signal: controller.signal }));
      if (error !== undefined) expect(error).toMatchObject({ code: 'INTERRUPTED' });
      await run.add(list);
      expect((await contents(run.engine)).size).toBe(list.length);
      expect(run.embedder.texts.toSorted()).toEqual(list.map(embeddedText).toSorted());
    }
  });

  it('goes on after a crash, with everything acknowledged still there', async () => {
    const steps = await stepsOfAWholeRun();
    for (let stopAt = 0; stopAt < steps; stopAt++) {
      const run = bench();
      let isDead = false;
      interfere(run, (step) => {
        isDead ||= step === stopAt;
        if (isDead) throw new Error('power cut');
      });
      const error = await failure(run.add(list));
      expect(error).toMatchObject({ message: 'power cut' });
      const next = bench();
      const kept = [...(await contents(run.engine)).values()];
      await next.engine.upsert(kept);
      await next.add(list);
      const all = await contents(next.engine);
      expect([...all.keys()].toSorted()).toEqual(list.map(({ id }) => id).toSorted());
      const survived = kept.filter(({ vector }) => vector).map(({ paper }) => embeddedText(paper));
      expect(next.embedder.texts.filter((text) => survived.includes(text))).toEqual([]);
    }
  });
});

describe('addPapers, whatever the order', () => {
  it('makes the same corpus of shuffled and repeated rows in any cut', async () => {
    const versions = fc.array(
      fc.record({ id: fc.constantFrom('a', 'b', 'c', 'd', 'e'), version: fc.integer({ min: 1, max: 4 }) }),
      { minLength: 1, maxLength: 30 },
    );
    await fc.assert(
      fc.asyncProperty(
        versions.chain((rows) =>
          fc.tuple(fc.constant(rows), fc.shuffledSubarray(rows, { minLength: rows.length })),
        ),
        fc.integer({ min: 1, max: 9 }),
        async ([rows, shuffled], batchSize) => {
          const toPaper = ({ id, version }: { id: string; version: number }) =>
            paper(id, { version, title: `${id} ${version}`, abstract: '' });
          const [one, other] = [bench(), bench()];
          await one.add(rows.map(toPaper));
          await other.add([...shuffled, ...rows].map(toPaper), { batchSize });
          const [first, second] = [await contents(one.engine), await contents(other.engine)];
          expect([...second].toSorted()).toEqual([...first].toSorted());
          for (const { paper, vector } of first.values())
            expect(vector).toEqual(vectorOf(embeddedText(paper)));
        },
      ),
    );
  });
});
