/** A replica that serves takes over the graph of a newer snapshot. */
import { afterEach, expect, test } from 'vitest';
import { openStoreForReading } from '../../../src/engine/embedded/database.ts';
import { LiveReplica } from '../../../src/engine/embedded/live-replica.ts';
import { builtIndex, removeFolders, SPACE, somePapers, temporaryFolder } from './temporary-index.ts';

afterEach(removeFolders);

test('papers that came after the graph are compared one by one until a newer graph holds them', async () => {
  const dir = temporaryFolder();
  await builtIndex(dir, somePapers(300));
  const store = openStoreForReading(dir, SPACE);
  const live = new LiveReplica(dir, store);
  const served = await live.current();
  expect([served.links.size, served.unlinked]).toEqual([300, 0]);
  await builtIndex(dir, somePapers(400, 301));
  await live.current();
  expect([served.links.size, served.unlinked]).toEqual([300, 400]);
  const probe = somePapers(1, 333)[0]?.vector as Float32Array;
  const nearest = () => served.semanticSearch(probe, { filter: {}, limit: 10, source: store });
  const before = nearest();
  await live.refreshLinks({ atLeast: 401 });
  expect(served.links.size).toBe(300);
  await live.refreshLinks({ atLeast: 400 });
  expect([served.links.size, served.unlinked]).toEqual([700, 0]);
  expect(nearest()).toEqual(before);
  store.close();
});
