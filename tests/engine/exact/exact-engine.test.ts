/** The exact engine keeps the contract. What it computes is checked there; it has no other behaviour. */
import { ExactEngine } from '../../../src/engine/exact/exact-engine.ts';
import { describeEngine } from '../contract.ts';

describeEngine('ExactEngine', { create: async (space) => new ExactEngine(space) });
