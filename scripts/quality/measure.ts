/** Scores of every mode and fusion on one collection, and what its hits looked like. */
import type { ModeRun } from '../../src/evaluate/evaluate-collection.ts';
import { evaluateCollection } from '../../src/evaluate/evaluate-collection.ts';
import type { MeanScores } from '../../src/evaluate/score-run.ts';
import { FUSIONS, type FusionName } from '../../src/search/fusion.ts';
import type { Mode } from '../../src/search/request.ts';
import type { CollectionName, OnBench } from './workbench.ts';

export interface Measured extends MeanScores {
  readonly collection: CollectionName;
  /** How the query was given: as a question, or related work by the paper's text or id. */
  readonly asked: 'question' | 'text' | 'id';
  readonly mode: Mode;
  readonly fusion: string | null;
}

export interface MeasuredCollection {
  readonly measured: readonly Measured[];
  /** By question or text, with the default fusion. */
  readonly runs: readonly ModeRun[];
}

export async function measure(
  name: CollectionName,
  { collection, ...bench }: OnBench,
): Promise<MeasuredCollection> {
  const isRelated = collection.queries.some(({ doc }) => doc !== undefined);
  const runs = await evaluateCollection(collection, bench);
  const asked = isRelated ? 'text' : 'question';
  const measured = runs.map((run) => row(name, asked, run));
  for (const fusion of otherFusions(runs)) {
    const [run] = await evaluateCollection(collection, { ...bench, fusion, modes: ['hybrid'] });
    if (run) measured.push(row(name, asked, run));
  }
  if (isRelated) {
    const byId = await evaluateCollection(collection, { ...bench, isRelatedById: true });
    measured.push(...byId.map((run) => row(name, 'id', run)));
  }
  return { measured, runs };
}

function otherFusions(runs: readonly ModeRun[]): FusionName[] {
  return (Object.keys(FUSIONS) as FusionName[]).filter((name) => name !== runs[0]?.result.fusion);
}

/** Times are left out: they belong to the machine and would change the file at every run. */
function row(collection: CollectionName, asked: Measured['asked'], { result }: ModeRun): Measured {
  const { p50Ms: _, p95Ms: __, ...scores } = result;
  return { collection, asked, ...scores };
}
