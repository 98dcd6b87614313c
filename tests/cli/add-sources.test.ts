/** `pharos add` of sources, from the command line to the answer, over services on this machine. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openSource, SOURCE_NAMES } from '../../src/sources/registry.ts';
import { scratch } from '../sources/set-up.ts';
import { writeAnthology } from '../sources/stand-in-anthology.ts';
import { madePapers, type StandIn, type StandInPaper, startServices } from '../sources/stand-in-services.ts';
import { runCli } from './test-io.ts';

const KNOWN = [
  ...madePapers(30),
  ...madePapers(1, { id: '2307.09288' }),
  ...madePapers(1, { id: '1706.03762' }),
  ...madePapers(1, { id: 'math/0309136' }),
];
let service: StandIn;
let dir: string;

beforeEach(async () => {
  service = await startServices({ papers: KNOWN });
  dir = scratch();
  await writeAnthology(dir, KNOWN);
});
afterEach(() => service.close());

async function restart(papers: readonly StandInPaper[]): Promise<void> {
  await service.close();
  service = await startServices({ papers });
}

function pharos(...parameters: string[]) {
  const environment = {
    XDG_CACHE_HOME: dir,
    PHAROS_INDEX: join(dir, 'index'),
    PHAROS_SOURCE_URLS: service.sourceUrls,
  };
  return runCli(parameters, { environment });
}

async function add(...parameters: string[]) {
  const { stdout, stderr, exitCode } = await pharos('add', '--json', ...parameters);
  expect(stderr).toBe('');
  expect(exitCode).toBe(0);
  return JSON.parse(stdout);
}

const EXAMPLES = await Promise.all(
  SOURCE_NAMES.map(async (name) => (await openSource(name)).description.examples),
).then((lists) => lists.flat());

describe('every example of a source', () => {
  it.each(EXAMPLES)('%s can be added, and what it brings be found', async (example) => {
    const { added, faulty } = await add(example.replace(/^acl:/, `acl:${dir}/`));
    expect(added).toBeGreaterThan(0);
    expect(faulty).toBe(0);
    const found = await pharos('search', 'theory of things', '--json', '--mode', 'keyword');
    expect(JSON.parse(found.stdout).total).toBe(added);
  });

  it('of the document is one of those', () => {
    const document = readFileSync(new URL('../../docs/sources.md', import.meta.url), 'utf8');
    const shown = [
      ...document.matchAll(
        /`((?:arxiv|arxiv-oai|hf-daily|s2|openalex|crossref|dblp|pubmed|acl|feed|zotero):[^`]+|zotero:)`/g,
      ),
    ].map(([, spec]) => spec);
    expect(shown.length).toBeGreaterThan(8);
    expect(shown.filter((spec) => !EXAMPLES.includes(spec ?? ''))).toEqual([]);
  });
});

describe('a source', () => {
  it('goes in with files and other sources, in one report', async () => {
    const report = await add('data/sample.jsonl', 'arxiv:2401.00001', 'hf-daily:2026-11-20');
    expect(report).toMatchObject({ read: 423 + 1 + KNOWN.length, faulty: 0 });
  });

  it('goes on from where it was, and takes out what was withdrawn', async () => {
    expect(await add('arxiv-oai:cs')).toMatchObject({ added: KNOWN.length, removed: 0 });
    const [first, ...others] = KNOWN.map((paper) => ({ ...paper, stamp: '2026-11-25' }));
    await restart([
      { ...(first as StandInPaper), isDeleted: true },
      ...others.slice(0, 2),
      ...madePapers(1, { id: '2611.00001', stamp: '2026-11-26' }),
    ]);
    expect(await add('arxiv-oai:cs')).toMatchObject({ read: 4, added: 1, removed: 1, unchanged: 2 });
    expect(service.asked[0]).toContain('from=2026-11-24');
    expect((await pharos('show', first?.id ?? '')).exitCode).not.toBe(0);
    expect((await pharos('show', '2611.00001')).exitCode).toBe(0);
  });

  it('begins anew when it is told to', async () => {
    await add('arxiv-oai:cs');
    await add('arxiv-oai:cs', '--anew');
    expect(service.asked.at(-4)).not.toContain('from=');
  });

  it('brings only what is wanted of it', async () => {
    expect(await add('arxiv-oai:cs', '--from', '2025')).toMatchObject({ read: 0 });
    expect(await add('arxiv-oai:cs', '--category', 'physics')).toMatchObject({ read: 0 });
    expect(await add('arxiv-oai:cs', '--category', 'math', '--from', '2024')).toMatchObject({
      added: KNOWN.length,
    });
  });

  it('that breaks off keeps what came, and goes on there', async () => {
    service.trouble({ isFine: true }, { isFine: true }, { status: 404 }, { replace: '<!DOCTYPE x>' });
    const broken = await pharos('add', 'arxiv-oai:cs', '--json');
    expect(broken.exitCode).toBe(1);
    const before = [...service.asked];
    expect(await add('arxiv-oai:cs')).toMatchObject({ added: KNOWN.length - 20 });
    expect(service.asked.slice(before.length)).not.toContain(before[0]);
    expect((await pharos('status', '--json')).stdout).toContain(`"papers": ${KNOWN.length}`);
  });

  it('can be interrupted before anything has come, and while it waits', async () => {
    for (const trouble of [{ silentMs: 60_000 }, { status: 503, headers: { 'retry-after': '60' } }]) {
      service.trouble(trouble);
      const controller = new AbortController();
      setTimeout(() => controller.abort(), 300);
      const environment = {
        XDG_CACHE_HOME: dir,
        PHAROS_INDEX: join(dir, 'index'),
        PHAROS_SOURCE_URLS: service.sourceUrls,
      };
      const { exitCode, stderr } = await runCli(['add', 'arxiv-oai:cs'], {
        environment,
        signal: controller.signal,
      });
      expect(exitCode).toBe(1);
      expect(stderr).toContain('Interrupted');
    }
  });

  it('that has to be asked again says why, and when', async () => {
    service.trouble({ status: 503, headers: { 'retry-after': '2' } });
    const { stderr, exitCode } = await pharos('add', 'arxiv:2401.00001');
    expect(exitCode).toBe(0);
    expect(stderr).toMatch(/\/api\/query answers 503; trying again in 2(\.0)? s\.\n/);
  });

  it('says who is asking for whom', async () => {
    await add('arxiv:2401.00001', '--contact', 'mailto:ada@example.org');
    expect(service.headers[0]?.['user-agent']).toMatch(
      /^Pharos\/\d+\.\d+\.\d+ \(.*; mailto:ada@example.org\)$/,
    );
  });

  it.each([
    [['arxiv:cs.CL,1'], 'arxiv:cs.CL,1 is neither ids nor a category of arXiv'],
    [['arxvi:cs.CL'], 'Sources of papers are arxiv, arxiv-oai,'],
    [['arxiv:cs.CL', '--source-url', 'arxvi=http://127.0.0.1:1'], 'arxvi is not a source'],
    [['arxiv:cs.CL', '--source-url', 'nonsense'], 'is not a list of NAME=URL'],
    [['arxiv:cs.CL', '--vectors', 'x.f16'], 'goes with exactly one file'],
    [['arxiv:cs.CL', '--from', 'soon'], 'YYYY'],
  ])('%s fails: %s', async (parameters, message) => {
    const { stderr, exitCode } = await pharos('add', ...parameters);
    expect(exitCode).toBeGreaterThan(0);
    expect(stderr).toContain(message);
    expect(service.asked).toEqual([]);
  });
});

it('takes a part of a file', async () => {
  const { added } = await add('data/sample.jsonl', '--category', 'cs', '--from', '2020');
  expect(added).toBeGreaterThan(10);
  const total = async (...narrowing: string[]) =>
    JSON.parse(
      (await pharos('search', 'models methods learning', '--mode', 'keyword', '--json', ...narrowing)).stdout,
    ).total;
  expect(await total()).toBeGreaterThan(0);
  expect(await total('--to', '2019')).toBe(0);
  expect(await total('--category', 'cs')).toBe(await total());
});
