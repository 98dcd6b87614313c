/** `pharos add` of a list of ids: what the index does not hold comes from the sources that know such ids. */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { scratch } from '../sources/set-up.ts';
import { madePapers, type StandIn, startServices } from '../sources/stand-in-services.ts';
import { runCli } from './test-io.ts';

let service: StandIn;
let dir: string;

beforeEach(async () => {
  service = await startServices({ papers: madePapers(30) });
  dir = scratch();
});
afterEach(() => service.close());

async function add(lines: readonly string[], ...options: string[]) {
  const path = join(dir, 'ids.txt');
  await writeFile(path, `${lines.join('\n')}\n`);
  const environment = {
    XDG_CACHE_HOME: dir,
    PHAROS_INDEX: join(dir, 'index'),
    PHAROS_SOURCE_URLS: service.sourceUrls,
  };
  const { stdout, stderr, exitCode } = await runCli(['add', path, '--json', ...options], { environment });
  expect([stderr, exitCode]).toEqual(['', 0]);
  return JSON.parse(stdout);
}

it('fetches from arXiv, PubMed and Crossref what is not there, and asks for nothing that is', async () => {
  const list = [
    '2401.00003',
    'https://arxiv.org/abs/2401.00004v1  # again',
    'pmid:38000005',
    '10.5555/2401.00007',
    'P18-1001',
  ];
  const report = await add(list);
  expect(report).toMatchObject({ read: 5, added: 4, faulty: 1 });
  expect(report.samples).toMatchObject([{ line: 5, reason: 'There is no paper P18-1001 in this index' }]);
  expect(service.asked).toHaveLength(3);
  expect(await add(['2401.00003', '10.5555/2401.00007', '10.1000/2401.00005'])).toMatchObject({
    unchanged: 3,
  });
  expect(service.asked).toHaveLength(3);
});

it('says of which line nobody knows the paper', async () => {
  const { faulty, samples } = await add([
    '2401.00003',
    '2401.99999',
    'pmid:1',
    '10.5555/unknown',
    '10.1000/a,b',
  ]);
  expect(faulty).toBe(4);
  expect(samples).toMatchObject([
    { line: 2, reason: 'arXiv has no paper 2401.99999' },
    { line: 3, reason: 'PubMed has no article 1' },
    { line: 4, reason: 'Crossref has no paper 10.5555/unknown' },
    { line: 5, reason: 'There is no paper 10.1000/a,b in this index' },
  ]);
});

it('keeps only what is wanted', async () => {
  expect(await add(['2401.00003'], '--from', '2025')).toMatchObject({ read: 0 });
  expect(await add(['2401.00003'], '--category', 'cs')).toMatchObject({ added: 1 });
});

it('asks nobody with --no-fetch', async () => {
  expect(await add(['2401.00003'], '--no-fetch')).toMatchObject({ added: 0, faulty: 1 });
  expect(service.asked).toEqual([]);
});
