/**
 * A long harvest on a bad line: 100,000 papers in pages of 1,000, every fourth answer wrong in some way, the process
 * replaced every few pages. Each paper must come exactly once, and memory must not grow with what has passed.
 */
import { expect, it } from 'vitest';
import { PoliteClient } from '../../src/http/polite-client.ts';
import { arxivOai } from '../../src/sources/arxiv-oai.ts';
import { fakeClock, scratch } from './set-up.ts';
import { madePapers, type StandIn, startServices, type Trouble } from './stand-in-services.ts';

const PAPERS = 100_000;
const PAGE = 1_000;
const PAGES_A_LIFE = 7;
/** What a page leaves behind before it is collected; a harvest that kept its papers would need more than 100 MB. */
const MOST_GROWTH_BYTES = 50_000_000;

const TROUBLES: readonly Trouble[] = [
  { status: 429, headers: { 'retry-after': '60' } },
  { status: 503 },
  { cutAfter: 100_000 },
  { endAfter: 100_000 },
  { replace: '<html>' },
  { status: 500 },
];

/** One life of a harvest; resolves to its last position, and whether it came to the end. */
async function live(
  service: StandIn,
  { position, take }: { readonly position: string | undefined; readonly take: (id: string) => void },
): Promise<{ readonly position: string | undefined; readonly isOver: boolean }> {
  const client = new PoliteClient({ userAgent: 'Pharos/0', lanesDir: scratch(), clock: fakeClock() });
  const context = { ask: client.askIn(arxivOai.description.lane), address: `${service.url}/oai` };
  let last = position;
  let pages = 0;
  try {
    for await (const batch of arxivOai.stream({ target: 'cs', position }, context)) {
      for (const row of batch.rows) {
        if ('paper' in row) take(row.paper.id);
        else throw new Error(`${row.place.file}:${row.place.line} is no paper`);
      }
      last = batch.position;
      if (++pages === PAGES_A_LIFE) return { position: last, isOver: false };
    }
  } finally {
    await client.close();
  }
  return { position: last, isOver: true };
}

it('loses no paper of 100,000, brings none twice, and needs no more memory at the end', async () => {
  const papers = madePapers(PAPERS);
  const service = await startServices({ papers, pageSize: PAGE });
  let requests = 0;
  const seen = new Map(papers.map(({ id }) => [id, 0]));
  const used: number[] = [];
  const take = (id: string) => {
    const times = seen.get(id);
    if (times === undefined) throw new Error(`nobody knows ${id}`);
    seen.set(id, times + 1);
  };
  for (
    let state: Awaited<ReturnType<typeof live>> = { position: undefined, isOver: false };
    !state.isOver;
  ) {
    const trouble = TROUBLES[requests++ % TROUBLES.length] ?? { isFine: true };
    service.trouble({ isFine: true }, trouble, { isFine: true }, { isFine: true }, trouble);
    state = await live(service, { position: state.position, take });
    used.push(process.memoryUsage().heapUsed);
  }
  await service.close();
  expect(seen.size).toBe(PAPERS);
  expect([...seen].filter(([, times]) => times !== 1)).toEqual([]);
  expect(service.asked.length).toBeGreaterThan(PAPERS / PAGE + 20);
  const half = Math.floor(used.length / 2);
  expect(Math.min(...used.slice(half))).toBeLessThan(Math.min(...used.slice(1, half)) + MOST_GROWTH_BYTES);
}, 120_000);
