/** What only shows from end to end of the catalogues: keys stay secret, and one paper is one whoever tells of it. */
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { laneOf } from '../../src/cli/source-rows.ts';
import { openSource } from '../../src/sources/registry.ts';
import { scratch } from '../sources/set-up.ts';
import { madePapers, type StandIn, startServices } from '../sources/stand-in-services.ts';
import { runCli } from './test-io.ts';

let service: StandIn;
let dir: string;

beforeEach(async () => {
  service = await startServices({ papers: madePapers(12), pageSize: 5 });
  dir = scratch();
});
afterEach(() => service.close());

function pharos(...parameters: string[]) {
  const environment = {
    XDG_CACHE_HOME: dir,
    PHAROS_INDEX: join(dir, 'index'),
    PHAROS_SOURCE_URLS: service.sourceUrls,
    PHAROS_SOURCE_KEYS: 's2=zecret1,openalex=zecret2,crossref=zecret3,dblp=zecret6',
  };
  return runCli(parameters, { environment });
}

function filesIn(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((name) => join(folder, name))
    .filter((path) => statSync(path).isFile());
}

describe('keys of sources', () => {
  it('go to their own source, and are written nowhere', async () => {
    service.trouble({ isFine: true }, { replace: '<html>' }, { status: 403 });
    const outputs = [
      await pharos('add', 's2:search?q=x'),
      await pharos('add', 's2:search?q=x', '--anew'),
      await pharos('add', 'openalex:works?search=x', 'crossref:works?query=x', 'dblp:search?q=x'),
      await pharos('config', '--json'),
      await pharos('add', 's2:search?q=x', '--source-key', 'nobody=zecret4'),
      await pharos('add', 's2:search?q=x', '--source-key', 'zecret5'),
    ];
    expect(outputs.map(({ exitCode }) => exitCode > 0)).toEqual([true, false, false, false, true, true]);
    for (const { stdout, stderr } of outputs) expect(stdout + stderr).not.toContain('zecret');
    for (const path of filesIn(dir)) expect(readFileSync(path, 'latin1')).not.toContain('zecret');
    const seen = service.asked.map((path, at) => JSON.stringify([path, service.headers[at]]));
    const keysSeenBy = (name: string) =>
      new Set(
        seen.filter((text) => text.startsWith(`["/${name}/`)).map((text) => /zecret\d/.exec(text)?.[0]),
      );
    expect(keysSeenBy('s2')).toEqual(new Set(['zecret1']));
    expect(keysSeenBy('openalex')).toEqual(new Set(['zecret2']));
    expect(keysSeenBy('crossref')).toEqual(new Set(['zecret3']));
    expect(keysSeenBy('dblp')).toEqual(new Set([undefined]));
  });

  it('are for sources that there are', async () => {
    const { stderr } = await pharos('add', 's2:search?q=x', '--source-key', 'nobody=zecret4');
    expect(stderr).toContain('--source-key nobody=***: nobody is not a source of papers');
  });
});

describe('a paper of several catalogues', () => {
  it('is one, and each says its own of it', async () => {
    const specs = ['arxiv:2401.00003', 's2:2401.00003', 'openalex:2401.00003', 'dblp:search?q=x'];
    const { stdout } = await pharos('add', '--json', ...specs);
    expect(JSON.parse(stdout)).toMatchObject({ read: 15, added: 12, faulty: 0 });
    const shown = await pharos('show', '2401.00003', '--sources', '--json');
    for (const name of ['arxiv', 's2', 'openalex', 'dblp']) expect(shown.stdout).toContain(`"${name}"`);
  });

  it('is found by the name that a catalogue gave it', async () => {
    const work = { id: 'https://openalex.org/W12', title: 'A work without any other name' };
    service.trouble({ replace: JSON.stringify(work) });
    await pharos('add', 'openalex:W12');
    expect((await pharos('show', 'openalex:W12')).stdout).toContain(work.title);
    const found = JSON.parse((await pharos('search', 'openalex:W12', '--json', '--mode', 'keyword')).stdout);
    expect(found.total).toBe(1);
  });
});

it('a mail address is told as one', async () => {
  await pharos('add', 'crossref:10.5555/a', '--contact', 'ada@example.org');
  expect(service.headers[0]?.['user-agent']).toMatch(/; mailto:ada@example\.org\)$/);
});

it.each([
  ['s2', 3_000, 1_000],
  ['openalex', 1_000, 200],
  ['crossref', 1_000, 1_000],
  ['dblp', 2_000, 2_000],
])('%s is asked once in %d ms, with a key once in %d', async (name, keylessMs, keyedMs) => {
  const { description } = await openSource(name);
  const { address = '' } = description;
  expect(laneOf(description, address, false)).toEqual({ name, intervalMs: keylessMs });
  expect(laneOf(description, address, true)).toEqual({ name, intervalMs: keyedMs });
  expect(laneOf(description, 'http://localhost:8080/x', true)).toEqual({
    name: `${name}-here`,
    intervalMs: 0,
  });
});
