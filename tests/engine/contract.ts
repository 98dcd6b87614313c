/**
 * What every engine must do, whatever is behind it. `describeEngine` runs against each implementation; it asks
 * only through the port, by public ids, so nothing here depends on how an engine numbers its papers.
 */
import { afterEach, beforeEach, describe } from 'vitest';
import type { Engine, VectorSpace } from '../../src/engine/engine.ts';
import { describeBadInput } from './contract-bad-input.ts';
import { describeCompletions } from './contract-completions.ts';
import { describeDays } from './contract-days.ts';
import { describeFilters } from './contract-filters.ts';
import { describeLexical } from './contract-lexical.ts';
import { describeOtherIds } from './contract-other-ids.ts';
import { describeResultSets } from './contract-result-sets.ts';
import { describeSemantic } from './contract-semantic.ts';
import { describeStorage } from './contract-storage.ts';
import { describeVectors } from './contract-vectors.ts';
import { SPACE } from './fixtures.ts';

export const AREAS = [
  'storage',
  'other ids',
  'vectors',
  'lexical',
  'semantic',
  'filters',
  'days',
  'completions',
  'result sets',
  'bad input',
] as const;

export interface EngineUnderTest {
  /** An empty engine over the space. */
  readonly create: (space: VectorSpace) => Promise<Engine>;
  /** Called after each test, once the engine is closed: removes what `create` left behind. */
  readonly cleanUp?: () => Promise<void>;
  readonly skip?: readonly (typeof AREAS)[number][];
}

/** Reaches the engine of the running test. */
export type CurrentEngine = () => Engine;

export function describeEngine(name: string, { create, cleanUp, skip = [] }: EngineUnderTest): void {
  const suites = {
    storage: describeStorage,
    'other ids': describeOtherIds,
    vectors: describeVectors,
    lexical: describeLexical,
    semantic: describeSemantic,
    filters: describeFilters,
    days: describeDays,
    completions: describeCompletions,
    'result sets': describeResultSets,
    'bad input': describeBadInput,
  };
  describe(`${name} keeps the engine contract`, () => {
    let engine: Engine;
    beforeEach(async () => {
      engine = await create(SPACE);
    });
    afterEach(async () => {
      await engine.close();
      await cleanUp?.();
    });
    for (const area of AREAS) {
      describe.skipIf(skip.includes(area))(area, () => suites[area](() => engine));
    }
  });
}
