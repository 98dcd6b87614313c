/** The embedded engine keeps the contract and agrees with the exact engine. */
import { openEmbeddedEngine } from '../../../src/engine/embedded/open.ts';
import type { VectorSpace } from '../../../src/engine/engine.ts';
import { ExactEngine } from '../../../src/engine/exact/exact-engine.ts';
import { describeAgreement } from '../agreement.ts';
import { describeEngine } from '../contract.ts';
import { removeFolders, temporaryFolder } from './temporary-index.ts';

const create = (space: VectorSpace) => openEmbeddedEngine({ dir: temporaryFolder(), space });

describeEngine('EmbeddedEngine', { create, cleanUp: removeFolders });
// Each run makes an index on disk and syncs it, so there are fewer of them than for engines in memory.
const runs = 12;
describeAgreement('EmbeddedEngine', {
  create,
  cleanUp: removeFolders,
  oracle: async (space) => new ExactEngine(space),
  runs,
});
