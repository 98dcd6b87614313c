/**
 * Our scores against trec_eval's, on runs that the command exports. Needs a Python with pytrec_eval, named by
 * TREC_EVAL_PYTHON; `.ci/run` makes one.
 */
import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { runCli } from '../cli/test-io.ts';
import { jsonLines, judgedFolder, temporaryFolder } from './judged-folder.ts';

const PYTHON = process.env.TREC_EVAL_PYTHON;
const SCRIPT = resolve(import.meta.dirname, '../../scripts/trec-eval-scores.py');
const SHARED = resolve(import.meta.dirname, '../../../shared/collections');
const TOLERANCE = 1e-6;

interface Scores {
  readonly ndcg10: number;
  readonly recall100: number;
  readonly mrr10: number;
  readonly map: number;
}

async function bothSay(
  folder: string,
  qrels: string,
  mode: string,
): Promise<{ ours: Scores; theirs: Scores }> {
  const run = join(temporaryFolder(), 'exported.run');
  const { exitCode, stdout, stderr } = await runCli([
    'evaluate',
    folder,
    ...['--mode', mode, '--run', run, '--json', '--cache', temporaryFolder()],
  ]);
  expect(`${exitCode} ${stderr}`).toMatch(/^0 /);
  const printed = execFileSync(PYTHON ?? '', [SCRIPT, join(folder, qrels), run], { encoding: 'utf8' });
  return { ours: JSON.parse(stdout).results[0], theirs: JSON.parse(printed) };
}

function expectSame(ours: Scores, theirs: Scores): void {
  for (const name of ['ndcg10', 'recall100', 'mrr10', 'map'] as const) {
    expect(`${name} ${Math.abs(ours[name] - theirs[name]) <= TOLERANCE}`).toBe(`${name} true`);
  }
}

/** Grades from -1 to 3, papers that were not judged or are not there, queries that find nothing. */
function mixedFolder(): string {
  const words = ['flow', 'wing', 'heat', 'shock', 'panel', 'layer', 'jet'];
  const text = (at: number) => words.filter((_, bit) => (at >> bit) & 1).join(' ');
  const papers = Array.from({ length: 127 }, (_, at) => ({ id: at + 1, title: text(at + 1), abstract: '' }));
  const queries = [...words, 'nothing'].map((word, at) => ({ id: `q${at}`, text: `${word} zygote` }));
  const judged = queries.flatMap(({ id }, query) =>
    Array.from(
      { length: 40 },
      (_, at) => `${id}\t${((at * 7 * (query + 1)) % 150) + 1}\t${((at + query) % 5) - 1}`,
    ),
  );
  const first = new Map(judged.map((line) => [line.split('\t').slice(0, 2).join('\t'), line]));
  return judgedFolder({
    'papers.jsonl': jsonLines(...papers),
    'queries.jsonl': jsonLines(...queries),
    'qrels.tsv': `${[...first.values()].join('\n')}\n`,
  });
}

describe.skipIf(PYTHON === undefined)(
  'our scores are those of trec_eval (skipped unless TREC_EVAL_PYTHON is set)',
  () => {
    it.each(['hybrid', 'keyword'])('on a mixture of grades, by %s', async (mode) => {
      const { ours, theirs } = await bothSay(mixedFolder(), 'qrels.tsv', mode);
      expect(theirs.ndcg10).toBeGreaterThan(0);
      expect(theirs.map).toBeLessThan(1);
      expectSame(ours, theirs);
    });

    it.skipIf(!existsSync(SHARED)).each(['cranfield', 'csfcube'])(
      'on %s (skipped without ../shared)',
      async (name) => {
        const { ours, theirs } = await bothSay(resolve(SHARED, name), 'qrels.tsv.gz', 'hybrid');
        expect(theirs.ndcg10).toBeGreaterThan(0.2);
        expectSame(ours, theirs);
      },
      120_000,
    );
  },
);
