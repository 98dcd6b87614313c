/** Questions of one collection for the papers of another field: to these nothing is relevant there. */
import { evaluateCollection, type ModeRun } from '../../src/evaluate/evaluate-collection.ts';
import type { CollectionName, OnBench, Workbench } from './workbench.ts';

/** Computing and aeronautics share their mathematics, and the two of medicine their subject, so those are not paired. */
const FOREIGN: Readonly<Partial<Record<CollectionName, readonly CollectionName[]>>> = {
  cacm: ['med', 'nfcorpus'],
  cranfield: ['med', 'nfcorpus'],
  med: ['cacm', 'cranfield'],
  nfcorpus: ['cacm', 'cranfield'],
};
const QUESTIONS_EACH = 30;

/** Empty runs where a collection asks for related work. */
export async function runForeign(
  name: CollectionName,
  { engine, embedder }: OnBench,
  workbench: Workbench,
): Promise<ModeRun[]> {
  const queries = [];
  for (const other of FOREIGN[name] ?? []) {
    const foreign = (await workbench.read(other)).queries;
    queries.push(
      ...foreign.slice(0, QUESTIONS_EACH).map((query) => ({ ...query, id: `${other} ${query.id}` })),
    );
  }
  if (queries.length === 0) return [];
  return evaluateCollection({ queries, judgments: new Map() }, { engine, embedder, depth: 200 });
}
