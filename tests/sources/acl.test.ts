import { copyFile, readFile, rm, stat, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { gunzipSync } from 'node:zlib';
import { beforeEach, describe, expect, it } from 'vitest';
import { openSource } from '../../src/sources/registry.ts';
import { harvest, idsOf, scratch } from './set-up.ts';
import { anthologyIds, writeAnthology } from './stand-in-anthology.ts';
import { madePapers } from './stand-in-services.ts';

const PAPERS = madePapers(35);
const IDS = anthologyIds(PAPERS);
let dir: string;

beforeEach(async () => {
  dir = scratch();
  await writeAnthology(dir, PAPERS);
  // Times of files are compared with the clock, and one step of it must lie between.
  await sleep(40);
});

function run(
  name: string,
  options: { readonly position?: string | undefined; readonly batches?: number } = {},
) {
  return harvest(`acl:${join(dir, name)}`, { address: '', ...options });
}

describe.each(['acl-anthology/data/xml', 'acl-anthology', 'acl-anthology.tar.gz'])(
  'the Anthology in %s',
  (name) => {
    it('gives every paper once, with the file and line where it stood', async () => {
      const { rows } = await run(name);
      expect(idsOf(rows).sort()).toEqual([...IDS].sort());
      expect(rows.find((row) => 'paper' in row && row.paper.id === '2021.acl-long.2')).toEqual({
        place: { file: expect.stringMatching(/acl-anthology\/data\/xml\/2021\.acl\.xml$/), line: 5 },
        paper: {
          id: '2021.acl-long.2',
          title: 'Paper 11 on the theory of <things> & numbers',
          abstract: 'We study thing 11 with é and prove that it is 77.',
          authors: ['Ada Author11', 'Björn Müller'],
          categories: [],
          published: '2021-07',
          venue: 'Proceedings of 2021',
          url: 'https://aclanthology.org/2021.acl-long.2',
        },
      });
    });

    it('goes on from every position', async () => {
      const { batches } = await run(name);
      expect(batches.length).toBeGreaterThan(3);
      for (let cut = 1; cut < batches.length; cut++) {
        const first = await run(name, { batches: cut });
        const second = await run(name, { position: first.position });
        expect(idsOf([...first.rows, ...second.rows]).sort()).toEqual([...IDS].sort());
        expect(first.position?.length).toBeLessThan(500);
      }
      for (const position of ['', 'nonsense', '{"after":7}']) {
        expect(idsOf((await run(name, { position })).rows)).toHaveLength(IDS.length);
      }
    });

    it('is not read again where it has not changed', async () => {
      const { position } = await run(name);
      expect((await run(name, { position })).rows).toEqual([]);
    });
  },
);

it('in a folder is read again where a file has changed', async () => {
  const { position } = await run('acl-anthology');
  await sleep(40);
  const path = join(dir, 'acl-anthology/data/xml/2021.acl.xml');
  await writeFile(path, await readFile(path));
  expect(idsOf((await run('acl-anthology', { position })).rows)).toEqual(IDS.slice(10, 20));
});

it('in an archive is read from its beginning where another one has taken its place', async () => {
  const { position } = await run('acl-anthology.tar.gz', { batches: 2 });
  await rm(join(dir, 'acl-anthology'), { recursive: true });
  await writeAnthology(join(dir), madePapers(5));
  const known = JSON.parse(position ?? '');
  const elsewhere = JSON.stringify({ ...known, after: 'gone.xml' });
  expect(idsOf((await run('acl-anthology.tar.gz', { position: elsewhere })).rows)).toEqual(IDS.slice(0, 5));
});

it('may be one file', async () => {
  expect(idsOf((await run('acl-anthology/data/xml/2023.acl.xml')).rows)).toEqual(IDS.slice(30));
});

describe('what cannot be read', () => {
  it.each([
    ['nowhere', 'there is no such file or folder'],
    ['acl-anthology/data/xml/sitemap.xml', 'holds no XML of the ACL Anthology'],
  ])('%s is refused: %s', async (name, message) => {
    await expect(run(name)).rejects.toMatchObject({
      code: 'SOURCE_UNREADABLE',
      message: expect.stringContaining(message),
    });
  });

  it('of a broken file costs the papers it breaks', async () => {
    const path = join(dir, 'acl-anthology/data/xml/2020.acl.xml');
    await writeFile(path, (await readFile(path, 'utf8')).replace('<title>Paper 3', '<title>&bomb;</b>'));
    const { rows } = await run('acl-anthology');
    expect(idsOf(rows)).toHaveLength(34);
    expect(rows.filter((row) => 'fault' in row)).toMatchObject([
      { place: { line: 7 }, fault: { code: 'ROW_INVALID' } },
    ]);
  });

  it('of an archive that is cut off comes behind what is whole', async () => {
    const packed = join(dir, 'cut.tar.gz');
    await copyFile(join(dir, 'acl-anthology.tar.gz'), packed);
    await truncate(packed, (await stat(packed)).size - 40);
    await expect(run('cut.tar.gz')).rejects.toMatchObject({ code: 'SOURCE_UNREADABLE' });
    const plain = join(dir, 'cut.tar');
    const bytes = gunzipSync(await readFile(join(dir, 'acl-anthology.tar.gz')));
    await writeFile(plain, bytes.subarray(0, bytes.indexOf('Paper 22 ')));
    const { batches } = await run('cut.tar', { batches: 1 });
    expect(batches).toHaveLength(1);
    await expect(run('cut.tar')).rejects.toMatchObject({ message: expect.stringContaining('cut off') });
  });

  it('of what is no archive says so', async () => {
    await writeFile(join(dir, 'no.tar'), 'not an archive'.repeat(100));
    await expect(run('no.tar')).rejects.toMatchObject({ code: 'SOURCE_UNREADABLE' });
  });
});

it('stops where it is told to', async () => {
  const controller = new AbortController();
  controller.abort(new Error('enough'));
  await expect(
    harvest(`acl:${dir}/acl-anthology`, { address: '', signal: controller.signal }),
  ).rejects.toThrow();
});

it('refuses acl: without a name, and takes its own examples', async () => {
  const { check, description } = await openSource('acl');
  expect(() => check(' ')).toThrow(expect.objectContaining({ code: 'INPUT_INVALID' }));
  const document = await readFile(new URL('../../docs/sources.md', import.meta.url), 'utf8');
  for (const example of description.examples) expect(document).toContain(example);
});
