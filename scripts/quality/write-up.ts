/** The outcome as files: docs/quality.json, the tables in docs/quality.md, and the coefficients for the searcher. */
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Aimed } from '../../src/search/confidence.ts';
import type { Mode } from '../../src/search/request.ts';
import type { CalibrationCheck } from './calibrate.ts';
import type { Measured } from './measure.ts';

const ROOT = resolve(import.meta.dirname, '../..');
export const QUALITY_JSON = resolve(ROOT, 'docs/quality.json');
export const QUALITY_MD = resolve(ROOT, 'docs/quality.md');
const TABLE = resolve(ROOT, 'src/search/confidence-table.generated.ts');

export type Coefficients = Readonly<Record<Mode, Readonly<Record<Aimed, readonly number[]>>>>;

/** How well the warning of low confidence tells questions with an answer from those without. */
export interface WarningCheck {
  readonly collection: string;
  readonly mode: Mode;
  /** Shares of the collection's own questions, and of those of another field, that are warned of. */
  readonly own: number;
  readonly foreign: number;
}

export interface Quality {
  readonly model: string;
  readonly measured: readonly Measured[];
  readonly coefficients: Coefficients;
  readonly calibration: readonly CalibrationCheck[];
  readonly warnings: readonly WarningCheck[];
}

export function readQuality(): Quality {
  return JSON.parse(readFileSync(QUALITY_JSON, 'utf8')) as Quality;
}

export function writeUp(quality: Quality): void {
  writeFileSync(QUALITY_JSON, `${JSON.stringify(quality, rounded, 1)}\n`);
  writeFileSync(QUALITY_MD, withTables(readFileSync(QUALITY_MD, 'utf8'), readQuality()));
  writeFileSync(TABLE, tableModule(readQuality()));
  execFileSync('npx', ['biome', 'check', '--write', TABLE, QUALITY_JSON], { cwd: ROOT, stdio: 'ignore' });
}

/** The text with everything between its markers made anew. */
export function withTables(text: string, quality: Quality): string {
  const tables: Readonly<Record<string, string>> = {
    scores: scoresTable(quality.measured),
    calibration: calibrationTable(quality.calibration),
    warnings: warningsTable(quality.warnings),
  };
  return text.replace(
    /(<!-- (\w+): written by npm run quality -->\n)[\s\S]*?(<!-- end -->)/g,
    (_, begin: string, name: string, end: string) => `${begin}${tables[name] ?? ''}\n${end}`,
  );
}

function tableModule({ model, coefficients }: Quality): string {
  return `// Written by \`npm run quality\`; do not edit.

export const CALIBRATED_MODEL = ${JSON.stringify(model)};

/** By mode and aim: constant, log2 of the rank, coverage and, but for words alone, similarity. */
export const CONFIDENCE_TABLE = ${JSON.stringify(coefficients)} as const;
`;
}

function scoresTable(measured: readonly Measured[]): string {
  const rows = measured.map(({ collection, asked, mode, fusion, ndcg10, recall100, mrr10, map }) => {
    const how = asked === 'question' ? '' : ` by ${asked}`;
    return [
      `${collection}${how}`,
      fusion ? `hybrid, ${fusion}` : mode,
      ...[ndcg10, recall100, mrr10, map].map(three),
    ];
  });
  return markdown(['collection', 'mode', 'nDCG@10', 'recall@100', 'MRR@10', 'MAP'], rows);
}

function calibrationTable(checks: readonly CalibrationCheck[]): string {
  const rows = checks.map(({ collection, mode, observed, predicted, error, leftOutError }) => [
    collection,
    mode,
    ...[observed, predicted, error, leftOutError].map(three),
  ]);
  return markdown(
    ['collection', 'mode', 'relevant', 'mean confidence', 'error', 'error when left out'],
    rows,
  );
}

function warningsTable(warnings: readonly WarningCheck[]): string {
  const rows = warnings.map(({ collection, mode, own, foreign }) => [
    collection,
    mode,
    three(own),
    three(foreign),
  ]);
  return markdown(['papers of', 'mode', 'own questions', 'questions of another field'], rows);
}

function markdown(head: readonly string[], rows: readonly (readonly string[])[]): string {
  return [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}

function three(value: number): string {
  return value.toFixed(3).replace(/^0/, '');
}

/** Four digits: below that another processor rounds otherwise. */
function rounded(_: string, value: unknown): unknown {
  return typeof value === 'number' ? Math.round(value * 10_000) / 10_000 : value;
}
