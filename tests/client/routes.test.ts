/** The client can ask for whatever the API has: each address is asked by the method that is there for it. */
import { expect, it } from 'vitest';
import { routesOf } from '../../src/api/create-app.ts';
import { addressesRoute } from '../../src/api/service-routes.ts';
import { PharosClient } from '../../src/client/pharos-client.ts';
import { PharosProblem } from '../../src/client/pharos-problem.ts';
import { fakeDesk } from '../api/fake-desk.ts';
import { fakeShelves } from '../api/fake-shelves.ts';
import { FakeWriting } from '../api/fake-writing.ts';
import { fakeEngine, startTestServer } from '../api/test-server.ts';

/** Why the client has no method for it. */
const LEFT_OUT: Readonly<Record<string, string>> = {
  'GET /api/v1/search': 'the same as POST, which takes questions of any length',
  'GET /api/v1/papers/{id}/related': 'POST /api/v1/related takes one paper as well as many',
  'GET /api/v1/papers/{id}/cite': 'POST /api/v1/cite takes one id as well as many',
  'GET /api/v1/papers': 'POST /api/v1/papers/batch takes ids of any length',
};

/** Asks for everything, once; what a server over fakes does not have may be refused. */
async function askEverything(client: PharosClient, jobId: string): Promise<void> {
  const asked = [
    () => client.addresses(),
    () => client.search({ q: 'x' }),
    () => client.suggest({ q: 'x' }),
    () => client.facets({ q: 'x', facets: ['year', 'author'], category: ['cs.CL', 'q-bio'] }),
    () => client.related({ positive: ['1706.03762'] }),
    () => client.cite({ ids: ['1706.03762'] }),
    () => client.recommend({ positive: ['1706.03762'] }),
    () => client.daily({ date: '2026-11' }),
    () => client.trending({ window: 'month' }),
    () => client.calendar({ from: '2017', category: ['cs'] }),
    () => client.map.head(),
    () => client.map.points(),
    () => client.map.paper(1),
    () => client.map.hits('x'),
    () => client.get('1706.03762'),
    () => client.getMany(['1706.03762']),
    () => client.models(),
    () => client.sources(),
    () => client.status(),
    () => client.add([{ title: 'A paper' }]),
    () => client.remove(['1706.03762']),
    () => client.jobs.get(jobId),
    async () => {
      for await (const job of client.jobs.follow(jobId)) expect(job.state).toBe('done');
    },
    () => client.alerts.add({ q: 'graphs', id: 'graphs', to: ['mail:me@example.org'] }),
    () => client.alerts.list(),
    () => client.alerts.get('graphs'),
    () => client.alerts.remove('graphs'),
    () => client.library.put('1706.03762', { addTags: ['thesis'] }),
    () => client.library.get(),
    async () => client.library.import(await client.library.export()),
    () => client.library.remove('1706.03762'),
    async () => {
      const { id } = await client.library.saveSearch({ q: 'graphs' });
      await client.library.renameSearch(id, 'Graphs');
      await client.library.look(id);
      await client.library.removeSearch(id);
    },
  ];
  for (const ask of asked) {
    await Promise.resolve(ask()).catch((error: unknown) => {
      if (!(error instanceof PharosProblem && error.code === 'MAP_UNAVAILABLE')) throw error;
    });
  }
}

it('asks every address of /api/v1 but those that another one stands for', async () => {
  const desk = new FakeWriting();
  const { url, log } = await startTestServer({ desk });
  const { id } = desk.jobs.open();
  desk.jobs.change(id, { state: 'done' });
  await askEverything(new PharosClient({ url }), id);
  const asked = new Set(log().map(({ method, route }) => `${method} ${route}`));
  const routes = routesOf({ alerts: fakeDesk(), desk, shelves: fakeShelves(fakeEngine()) });
  const wanted = [addressesRoute(routes), ...routes]
    .map(({ method, address }) => `${method.toUpperCase()} ${address}`)
    .filter((name) => /^[A-Z]+ \/api\/v1(\/|$)/.test(name));
  expect(wanted.length).toBeGreaterThan(30);
  expect(wanted.filter((name) => !(asked.has(name) || name in LEFT_OUT))).toEqual([]);
  expect(Object.keys(LEFT_OUT).filter((name) => asked.has(name) || !wanted.includes(name))).toEqual([]);
});
