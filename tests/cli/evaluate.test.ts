import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { judgedFolder, SMALL, temporaryFolder } from '../evaluate/judged-folder.ts';
import { runCli } from './test-io.ts';

describe('pharos evaluate', () => {
  it('prints a table of every mode', async () => {
    const { exitCode, stdout } = await runCli([
      'evaluate',
      judgedFolder(SMALL),
      '--cache',
      temporaryFolder(),
    ]);
    expect(exitCode).toBe(0);
    expect(stdout).toContain('4 papers · 3 queries');
    expect(stdout).toMatch(/nDCG@10 {2}recall@100 {2}MRR@10 {2} {3}MAP {2}p50 ms {2}p95 ms/);
    for (const name of ['hybrid (neighbours)', 'semantic', 'keyword']) {
      expect(stdout).toMatch(
        new RegExp(`^${name.replace(/[()]/g, '\\$&')} +1\\.0000 +1\\.0000 +1\\.0000`, 'm'),
      );
    }
    expect(stdout).toContain('hybrid is 0.0000 above keyword in nDCG@10 (p 1.0000, which may be luck)');
  });

  it('prints one JSON object', async () => {
    const folder = judgedFolder(SMALL);
    const { stdout } = await runCli([
      'evaluate',
      folder,
      '--mode',
      'hybrid',
      '--fusion',
      'rrf',
      '--json',
      '--cache',
      temporaryFolder(),
    ]);
    expect(JSON.parse(stdout)).toEqual({
      collection: folder.split('/').at(-1),
      queries: 3,
      results: [
        {
          mode: 'hybrid',
          fusion: 'rrf',
          ndcg10: 1,
          recall100: 1,
          mrr10: 1,
          map: 1,
          p50Ms: expect.any(Number),
          p95Ms: expect.any(Number),
        },
      ],
      comparisons: [],
      notes: [],
    });
  });

  it('keeps the index of a collection until asked to remove it', async () => {
    const [folder, cache] = [judgedFolder(SMALL), temporaryFolder()];
    const parameters = ['evaluate', folder, '--cache', cache, '--json', '--mode', 'keyword'];
    const first = await runCli(parameters);
    const [name, ...others] = readdirSync(cache);
    expect(others).toEqual([]);
    const again = await runCli(parameters);
    expect(readdirSync(cache)).toEqual([name]);
    const scores = ({ stdout }: { stdout: string }) => JSON.parse(stdout).results[0].ndcg10;
    expect(scores(again)).toBe(scores(first));
    // Other queries and judgments need no other index; other papers do.
    await runCli(['evaluate', judgedFolder({ ...SMALL, 'qrels.tsv': 'q1\t1\t1\n' }), '--cache', cache]);
    expect(readdirSync(cache)).toEqual([name]);
    await runCli([...parameters, '--fresh', '--clean']);
    expect(readdirSync(cache)).toEqual([]);
  });

  it('writes a TREC run', async () => {
    const path = join(temporaryFolder(), 'keyword.run');
    const parameters = ['evaluate', judgedFolder(SMALL), '--cache', temporaryFolder(), '--run', path];
    expect(await runCli([...parameters, '--mode', 'keyword'])).toMatchObject({ exitCode: 0 });
    const lines = readFileSync(path, 'utf8').trimEnd().split('\n');
    expect(lines[0]).toMatch(/^q1 Q0 10 1 \d+ pharos-keyword$/);
    expect(new Set(lines.map((line) => line.split(' ')[0]))).toEqual(new Set(['q1', 'q2', 'd1']));
  });

  it('writes the run of one mode only', async () => {
    const { exitCode, stderr } = await runCli(['evaluate', judgedFolder(SMALL), '--run', 'x']);
    expect(exitCode).toBe(2);
    expect(stderr).toContain('--mode hybrid');
  });

  it('names the row that is wrong', async () => {
    const folder = judgedFolder({ ...SMALL, 'qrels.tsv': 'q1\t10\n' });
    const { exitCode, stderr } = await runCli(['evaluate', folder]);
    expect(exitCode).toBe(1);
    expect(stderr).toContain(`${join(folder, 'qrels.tsv')}:1: `);
  });
});
