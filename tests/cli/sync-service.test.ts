/** The sync of a server: processes of their own, started when a source is due, ended when the server ends. */

import { constants, getPriority } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { afterEach, beforeEach, expect, it, onTestFinished, vi } from 'vitest';
import { SyncService, type SyncServiceOptions } from '../../src/cli/sync-service.ts';
import { resolveSettings } from '../../src/config/resolve-settings.ts';
import { readSubscriptions } from '../../src/sync/subscription-list.ts';
import { scratch } from '../sources/set-up.ts';
import { madePapers, type StandIn, startServices } from '../sources/stand-in-services.ts';
import { runCli } from './test-io.ts';

let service: StandIn;
let dir: string;
let environment: Record<string, string>;

vi.setConfig({ testTimeout: 120_000 });

beforeEach(async () => {
  service = await startServices({ papers: madePapers(30), pageSize: 10 });
  dir = scratch();
  environment = {
    PATH: process.env.PATH ?? '',
    XDG_CACHE_HOME: dir,
    PHAROS_INDEX: join(dir, 'index'),
    PHAROS_MODEL: 'hashing',
    PHAROS_SOURCE_URLS: service.sourceUrls,
  };
});
afterEach(() => service.close());

const pharos = (...parameters: string[]) => runCli(parameters, { environment });
const kept = () => readSubscriptions(join(dir, 'index'));

interface Line {
  readonly message: string;
  readonly facts: Record<string, unknown>;
}

const MOST_MS = 60_000;

/** Of ordinary priority, because the machine of a test may be busy with other tests. */
function start(more: Record<string, string> = {}, options: Partial<SyncServiceOptions> = { priority: 0 }) {
  const lines: Line[] = [];
  const begun: number[] = [];
  const note = (facts: object, message: string) => {
    if ('process' in facts) begun.push(Number(facts.process));
    else lines.push({ message, facts: { ...facts } });
  };
  const syncing = new SyncService({
    io: {
      stdin: new PassThrough(),
      stdout: new PassThrough(),
      stderr: new PassThrough(),
      environment: { ...environment, ...more },
      interruptible: () => new AbortController().signal,
    },
    settings: resolveSettings({ flags: {}, environment }).settings,
    log: { info: note, warn: note },
    lookEveryMs: 100,
    ...options,
  });
  onTestFinished(() => syncing.close());
  return { lines, begun, syncing };
}

it('syncs what is due, tells the log, and asks again only when it is time', async () => {
  await pharos('source', 'add', 'cs', 'arxiv-oai:cs');
  await pharos('source', 'add', 'later', 'hf-daily:latest');
  await pharos('source', 'pause', 'later');
  const { lines } = start();
  await vi.waitFor(() => expect(lines).toHaveLength(1), { timeout: MOST_MS });
  expect(lines).toMatchObject([
    { message: 'a source was synced', facts: { source: 'cs', outcome: 'fine', added: 30 } },
  ]);
  const asked = service.asked.length;
  // One that is added while it runs is seen, one that was asked is left alone.
  service.trouble({ status: 404 });
  await pharos('source', 'resume', 'later');
  await vi.waitFor(() => expect(lines).toHaveLength(2), { timeout: MOST_MS });
  expect(lines[1]).toMatchObject({
    message: 'a source failed',
    facts: { source: 'later', code: 'SOURCE_FAILED' },
  });
  expect(service.asked).toHaveLength(asked + 1);
});

it('ends a sync that runs when it ends itself, and the next one goes on there', async () => {
  await pharos('source', 'add', 'cs', 'arxiv-oai:cs');
  service.trouble({ isFine: true }, { silentMs: 60_000 });
  const { lines, syncing } = start();
  await vi.waitFor(() => expect(service.asked).toHaveLength(2), { timeout: MOST_MS });
  await syncing.close();
  expect(lines).toMatchObject([{ facts: { source: 'cs', outcome: 'interrupted' } }]);
  expect(await kept()).toMatchObject([{ last: { outcome: 'interrupted', added: 10 } }]);
  start();
  await vi.waitFor(
    async () => expect(await kept()).toMatchObject([{ last: { outcome: 'fine', added: 20 } }]),
    {
      timeout: MOST_MS,
    },
  );
});

it('tells the log what became of a sync that cannot run', async () => {
  await pharos('source', 'add', 'cs', 'arxiv-oai:cs');
  const { lines } = start({ PHAROS_HOTS: 'x' });
  await vi.waitFor(() => expect(lines.length).toBeGreaterThan(0), { timeout: MOST_MS });
  expect(lines[0]).toMatchObject({
    message: 'a sync did not come to its end',
    facts: { exit: 2, said: expect.stringContaining('PHAROS_HOST') },
  });
});

it('runs behind everything else', async () => {
  await pharos('source', 'add', 'cs', 'arxiv-oai:cs');
  service.trouble({ silentMs: 60_000 });
  const { begun } = start({}, {});
  await vi.waitFor(() => expect(begun).toHaveLength(1), { timeout: MOST_MS });
  expect(getPriority(begun[0])).toBe(constants.priority.PRIORITY_LOW);
});
