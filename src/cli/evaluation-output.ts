/** The outcome of an evaluation as a table to read, or as JSON. */
import type { JudgedCollection } from '../evaluate/collection.ts';
import type { Comparison } from '../evaluate/compare-runs.ts';
import type { ModeResult } from '../evaluate/evaluate-collection.ts';
import { countOf } from './layout.ts';
import type { Palette } from './palette.ts';

/** What `--json` prints. */
export interface EvaluationReport {
  readonly collection: string;
  /** How many queries the scores are means over. */
  readonly queries: number;
  readonly results: readonly ModeResult[];
  readonly comparisons: readonly Comparison[];
  readonly notes: readonly string[];
}

const COLUMNS = ['nDCG@10', 'recall@100', 'MRR@10', '   MAP', 'p50 ms', 'p95 ms'];
const SIGNIFICANT = 0.05;

export function evaluationReport(
  { name, queries, notes }: Pick<JudgedCollection, 'name' | 'queries' | 'notes'>,
  results: readonly ModeResult[],
  comparisons: readonly Comparison[],
): EvaluationReport {
  return { collection: name, queries: queries.length, results, comparisons, notes };
}

export function renderEvaluation(report: EvaluationReport, papers: number, { faint }: Palette): string {
  const { collection, queries, results, comparisons, notes } = report;
  const queryCount = queries === 1 ? '1 query' : `${queries} queries`;
  const names = results.map(({ mode, fusion }) => (fusion === null ? mode : `${mode} (${fusion})`));
  const nameWidth = Math.max(...names.map(({ length }) => length)) + 2;
  const header = faint(' '.repeat(nameWidth) + COLUMNS.join('  '));
  const rows = results.map((result, at) => (names[at] ?? '').padEnd(nameWidth) + cells(result).join('  '));
  return [
    `${collection} · ${countOf(papers, 'paper')} · ${queryCount}`,
    '',
    header,
    ...rows,
    ...(comparisons.length > 0 ? ['', ...comparisons.map(describe)] : []),
    ...(notes.length > 0 ? ['', ...notes.map(faint)] : []),
  ].join('\n');
}

function cells({ ndcg10, recall100, mrr10, map, p50Ms, p95Ms }: ModeResult): string[] {
  const texts = [ndcg10, recall100, mrr10, map]
    .map((score) => score.toFixed(4))
    .concat([p50Ms, p95Ms].map((ms) => ms.toFixed(1)));
  return texts.map((text, at) => text.padStart(COLUMNS[at]?.length ?? 0));
}

/** `hybrid is .0321 above keyword in nDCG@10 (p 0.0012)`. */
function describe({ modes: [a, b], difference, pValue }: Comparison): string {
  const [better, worse] = difference >= 0 ? [a, b] : [b, a];
  const p = pValue < 0.0001 ? 'p < 0.0001' : `p ${pValue.toFixed(4)}`;
  const verdict = pValue < SIGNIFICANT ? '' : ', which may be luck';
  return `${better} is ${Math.abs(difference).toFixed(4)} above ${worse} in nDCG@10 (${p}${verdict})`;
}
