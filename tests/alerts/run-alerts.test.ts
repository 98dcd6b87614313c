import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { takeRunLock } from '../../src/alerts/run-lock.ts';
import { AppError } from '../../src/fault/app-error.ts';
import { type House, openHouse, paperOf } from './test-house.ts';

const GRAPHS = 'graph neural networks';
const DAY_MS = 86_400_000;

/** Ids in the file, in the order written. */
function announcedBy({ dir }: House, file = 'news.jsonl'): string[] {
  const lines = readFileSync(join(dir, file), { encoding: 'utf8', flag: 'a+' }).split('\n').filter(Boolean);
  return lines.map((line) => JSON.parse(line).paper.id);
}

describe('runAlerts', () => {
  it('announces what came since, and nothing that was there or is far', async () => {
    const house = await openHouse();
    await house.put(paperOf('old', 'Graph neural networks of old'));
    const id = await house.addAlert(GRAPHS);
    await house.put(paperOf('new', 'Graph neural networks anew'), paperOf('far', 'Baking bread at home'));
    const report = await house.run({ ids: [id] });
    expect(report.alerts).toMatchObject([{ id, papers: 1, isWaiting: false }]);
    expect(report.deliveries).toMatchObject([{ outcome: 'sent', papers: 1 }]);
    expect(announcedBy(house)).toEqual(['new']);
    expect((await house.run({ ids: [id] })).alerts).toMatchObject([{ papers: 0 }]);
    expect(announcedBy(house)).toEqual(['new']);
  });

  it('takes new for new in the index, whatever the date of the paper', async () => {
    const house = await openHouse();
    const id = await house.addAlert(GRAPHS);
    await house.put(paperOf('1970', 'Graph neural networks', { published: '1970-01-01' }));
    await house.run({ ids: [id] });
    expect(announcedBy(house)).toEqual(['1970']);
  });

  it('does not take a changed paper for a new one, nor one that went and came back', async () => {
    const house = await openHouse();
    await house.put(paperOf('a', 'Baking bread'), paperOf('b', 'Graph neural networks'));
    const id = await house.addAlert(GRAPHS);
    await house.put(paperOf('a', 'Graph neural networks for bread'));
    await house.remove('b');
    await house.put(paperOf('b', 'Graph neural networks'));
    expect((await house.run({ ids: [id] })).alerts).toMatchObject([{ papers: 0 }]);
  });

  it('announces a work once, though it comes as preprint and as article', async () => {
    const house = await openHouse();
    const id = await house.addAlert(GRAPHS);
    await house.put(paperOf('2401.00001', 'Graph neural networks for molecules'));
    await house.run({ ids: [id] });
    await house.put(paperOf('10.1000/x', 'Graph neural networks for molecules', { doi: '10.1000/x' }));
    await house.run({ ids: [id] });
    expect(announcedBy(house)).toEqual(['2401.00001']);
  });

  it('announces a paper once, though a source gives it a better id later', async () => {
    const house = await openHouse();
    const id = await house.addAlert(GRAPHS);
    const published = paperOf('10.1000/x', 'Graph neural networks for molecules');
    await house.put(published);
    await house.run({ ids: [id] });
    const preprint = { ...published, id: '2401.00001', doi: '10.1000/x' };
    const records = [
      { source: 'crossref', paper: published },
      { source: 'arxiv', paper: preprint },
    ];
    await house.write((engine) => engine.upsert([{ paper: preprint, records }], [published.id]));
    await house.put(preprint);
    expect((await house.run({ ids: [id] })).alerts).toMatchObject([{ papers: 0 }]);
    expect(announcedBy(house)).toEqual(['10.1000/x']);
  });

  it('waits for papers that are not embedded yet, and says so', async () => {
    const house = await openHouse();
    const id = await house.addAlert(GRAPHS);
    const late = paperOf('late', 'Graph neural networks');
    await house.put(paperOf('first', 'Graph neural networks first'));
    await house.store(late);
    await house.put(paperOf('after', 'Graph neural networks after'));
    expect((await house.run({ ids: [id] })).alerts).toMatchObject([{ papers: 1, isWaiting: true }]);
    expect(announcedBy(house)).toEqual(['first']);
    await house.put(late);
    expect((await house.run({ ids: [id] })).alerts).toMatchObject([{ papers: 2, isWaiting: false }]);
    expect(announcedBy(house).toSorted()).toEqual(['after', 'first', 'late']);
  });

  it('announces the best of what was there when it is asked to, at once and once', async () => {
    const house = await openHouse();
    await house.put(
      ...[1, 2, 3].map((n) => paperOf(`old${n}`, `Graph neural networks ${'x'.repeat(n * 4)}`)),
    );
    await house.addAlert(GRAPHS, { backfill: 2 });
    expect((await house.run()).alerts).toMatchObject([{ papers: 2 }]);
    house.now.ms += DAY_MS;
    expect((await house.run()).alerts).toMatchObject([{ papers: 0 }]);
  });

  it('runs what is due, each alert in its own time, and paused ones not at all', async () => {
    const house = await openHouse();
    await house.addAlert(GRAPHS, { id: 'hourly', every: 'hour' });
    await house.addAlert(GRAPHS, { id: 'weekly', every: 'week' });
    await house.addAlert(GRAPHS, { id: 'paused', every: 'hour' });
    house.book.setPaused('paused', true);
    expect((await house.run()).alerts).toEqual([]);
    house.now.ms += DAY_MS / 24;
    expect((await house.run()).alerts.map(({ id }) => id)).toEqual(['hourly']);
    expect((await house.run()).alerts).toEqual([]);
    house.now.ms += 7 * DAY_MS;
    expect((await house.run()).alerts.map(({ id }) => id)).toEqual(['hourly', 'weekly']);
  });

  it('cuts many papers into several messages', async () => {
    const house = await openHouse();
    const id = await house.addAlert(GRAPHS, { limit: 2 });
    await house.put(
      ...[1, 2, 3, 4, 5].map((n) => paperOf(`p${n}`, `Graph neural networks ${'xyz'.repeat(n)}`)),
    );
    const { deliveries } = await house.run({ ids: [id] });
    expect(deliveries.map(({ papers }) => papers)).toEqual([2, 2, 1]);
    expect(new Set(announcedBy(house)).size).toBe(5);
  });

  it('does not overlap with another run', async () => {
    const house = await openHouse();
    const lock = takeRunLock(house.dir);
    await expect(house.run()).rejects.toMatchObject({ code: 'ALERTS_BUSY' });
    lock?.release();
    await expect(house.run()).resolves.toEqual({ alerts: [], deliveries: [] });
  });

  it('keeps the others going when one alert cannot be asked, and comes back to that one', async () => {
    const house = await openHouse();
    await house.addAlert('graph', { id: 'good' });
    await house.addAlert('bread', { id: 'bad', targets: [`file:${join(house.dir, 'bread.jsonl')}`] });
    await house.put(paperOf('g', 'graph'), paperOf('b', 'bread'));
    const ids = ['bad', 'good'];
    const { alerts } = await house.run({ ids }, (query) => {
      if (query === 'bread') throw new AppError('INPUT_INVALID', { message: 'not today' });
    });
    expect(alerts).toMatchObject([
      { id: 'bad', papers: 0, error: 'not today' },
      { id: 'good', papers: 1 },
    ]);
    expect(house.book.get('bad').error).toBe('not today');
    await house.run({ ids });
    expect(announcedBy(house, 'bread.jsonl')).toEqual(['b']);
    expect(house.book.get('bad').error).toBeNull();
  });

  it('by words alone announces what holds every word, and by fields alone what passes', async () => {
    const house = await openHouse();
    await house.addAlert('graph molecules', { id: 'words', mode: 'keyword' });
    await house.addAlert('author:Hopper', {
      id: 'fields',
      targets: [`file:${join(house.dir, 'fields.jsonl')}`],
    });
    await house.put(
      paperOf('both', 'Graph nets for molecules'),
      paperOf('one', 'Graph nets'),
      paperOf('hers', 'Compilers', { authors: ['Grace Hopper'] }),
    );
    await house.run({ ids: ['words', 'fields'] });
    expect(announcedBy(house)).toEqual(['both']);
    expect(announcedBy(house, 'fields.jsonl')).toEqual(['hers']);
  });

  it('announces each near paper once, however adding, changing, removing and running interleave', async () => {
    const step = fc.oneof(
      fc.record({
        do: fc.constant('put' as const),
        paper: fc.integer({ min: 0, max: 9 }),
        version: fc.nat(3),
      }),
      fc.record({ do: fc.constant('remove' as const), paper: fc.integer({ min: 0, max: 9 }) }),
      fc.record({ do: fc.constant('run' as const) }),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 4, maxLength: 14 }), async (steps) => {
        const house = await openHouse();
        const id = await house.addAlert(GRAPHS);
        const present = new Set<string>();
        const expected = new Set<string>();
        const run = async () => {
          await house.run({ ids: [id] });
          for (const paper of present) expected.add(paper);
        };
        for (const one of [...steps, { do: 'run' as const }]) {
          if (one.do === 'run') await run();
          else if (one.do === 'remove') {
            await house.remove(`p${one.paper}`);
            present.delete(`p${one.paper}`);
          } else {
            const title = `Graph neural networks ${'abcdefghij'.charAt(one.paper).repeat(6)} ${one.version}`;
            await house.put(paperOf(`p${one.paper}`, title, { abstract: `${title} ${GRAPHS}` }));
            present.add(`p${one.paper}`);
          }
        }
        expect(announcedBy(house).toSorted()).toEqual([...expected].toSorted());
      }),
      { numRuns: 5 },
    );
  });
});
