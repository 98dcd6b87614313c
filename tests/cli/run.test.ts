import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { SETTING_NAMES } from '../../src/config/setting-notes.ts';
import { type Outcome, type RunOptions, runCli } from './test-io.ts';

const PAPERS = [
  {
    id: '1706.03762',
    title: 'Attention Is All You Need',
    abstract: 'We propose the Transformer, a network based solely on attention, without recurrence.',
    authors: ['Ashish Vaswani', 'Noam Shazeer', 'Niki Parmar', 'Jakob Uszkoreit', 'Llion Jones'],
    published: '2017-06-12',
    categories: ['cs.CL', 'cs.LG'],
    venue: 'NeurIPS',
  },
  {
    id: '1810.04805',
    title: 'BERT: Pre-training of Deep Bidirectional Transformers',
    abstract:
      'A language representation model pre-trained with a transformer and attention in both directions.',
    authors: ['Jacob Devlin', 'Ming-Wei Chang'],
    published: '2018-10-11',
    categories: ['cs.CL'],
  },
  {
    id: 'hep-th/9711200',
    title: 'The Large N Limit of Superconformal Field Theories and Supergravity',
    abstract: 'String theory on anti-de Sitter space is dual to conformal field theory.',
    authors: ['Juan Maldacena'],
    published: '1997-11-27',
    categories: ['hep-th'],
  },
];

const folder = mkdtempSync(join(tmpdir(), 'pharos-cli-'));
const index = join(folder, 'index');
const file = join(folder, 'papers.jsonl');

function pharos(parameters: readonly string[], options: RunOptions = {}): Promise<Outcome> {
  const { environment } = options;
  return runCli(parameters, { ...options, environment: { PHAROS_INDEX: index, ...environment } });
}

beforeAll(async () => {
  writeFileSync(file, `${PAPERS.map((paper) => JSON.stringify(paper)).join('\n')}\n`);
  expect(await pharos(['add', file])).toMatchObject({ exitCode: 0 });
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('search', () => {
  it('prints a list on stdout and the summary on stderr', async () => {
    const { exitCode, stdout, stderr } = await pharos(['search', 'attention', 'transformer']);
    expect(exitCode).toBe(0);
    expect(stdout).toMatch(/^ 1 {2}/);
    expect(stdout).toContain(
      'Ashish Vaswani, Noam Shazeer, Niki Parmar and 2 others · 2017-06-12 · NeurIPS · 1706.03762',
    );
    expect(stdout).not.toContain('\u001b');
    expect(stderr).toMatch(/\d papers · hybrid · /);
  });

  it('marks matched words on a terminal, unless NO_COLOR is set', async () => {
    const styled = await pharos(['search', 'attention'], { isTerminal: true });
    expect(styled.stdout).toContain('\u001b[1m\u001b[4m');
    for (const line of stripVTControlCharacters(styled.stdout).split('\n'))
      expect(line.length).toBeLessThanOrEqual(80);
    const plain = await pharos(['search', 'attention'], { isTerminal: true, environment: { NO_COLOR: '1' } });
    expect(plain.stdout).toBe(stripVTControlCharacters(styled.stdout));
  });

  it('prints the answer as JSON', async () => {
    const { stdout } = await pharos(['search', 'attention', '--json', '--limit', '1', '--mode', 'keyword']);
    const answer = JSON.parse(stdout);
    expect(answer).toMatchObject({ query: 'attention', mode: 'keyword', hits: [{ rank: 1 }] });
    expect(answer.hits).toHaveLength(1);
  });

  it('filters and pages', async () => {
    const before = await pharos(['search', 'theory transformer', '--to', '2000', '--json']);
    expect(JSON.parse(before.stdout).hits.map((hit: { paper: { id: string } }) => hit.paper.id)).toEqual([
      'hep-th/9711200',
    ]);
    const second = await pharos(['search', 'attention', '-c', 'cs', '-n', '1', '-p', '2', '--json']);
    expect(JSON.parse(second.stdout).hits).toMatchObject([{ rank: 2 }]);
  });

  it('says so when nothing is found', async () => {
    const { exitCode, stdout, stderr } = await pharos(['search', 'zygote', '--mode', 'keyword']);
    expect({ exitCode, stdout }).toEqual({ exitCode: 0, stdout: '' });
    expect(stderr).toContain('Nothing was found.\nhint: ');
    expect((await pharos(['search', 'attention', '--from', '2030'])).stderr).toContain('Leave out a filter');
    expect((await pharos(['search', 'attention', '--page', '9'])).stderr).toContain('ends before this page');
  });

  it.each([
    [['search'], "missing required argument 'question'"],
    [['search', ' '], 'question is empty'],
    [['search', 'x', '--limit', '0'], 'whole number from 1 to 100'],
    [['search', 'x', '--from', '2017-13'], 'must be a date that exists'],
    [['search', 'x', '--mode', 'magic'], 'hybrid, semantic, keyword'],
    [['search', 'x', '--from', '2020', '--to', '2019'], '--from 2020 is after --to 2019'],
    [['search', 'x', '--page', '9999'], 'too deep'],
    [['search', 'x'.repeat(4001)], 'at most 4000'],
    [['search', 'x', '--limt', '3'], "unknown option '--limt'\nhint: Did you mean --limit?"],
    [['serch', 'x'], "unknown command 'serch'\nhint: Did you mean search?"],
    [['frobnicate'], "unknown command 'frobnicate'\nhint: "],
  ])('refuses %j as wrong usage', async (parameters, complaint) => {
    const { exitCode, stdout, stderr } = await pharos(parameters);
    expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' });
    expect(stderr).toMatch(/^pharos: .*\nhint: .*\n$/s);
    expect(stderr).toContain(complaint);
  });
});

describe('related', () => {
  it('finds the work around a paper and leaves the paper out', async () => {
    const { stdout } = await pharos(['related', 'https://arxiv.org/abs/1706.03762v5', '--json']);
    const ids = JSON.parse(stdout).hits.map((hit: { paper: { id: string } }) => hit.paper.id);
    expect(ids).toContain('1810.04805');
    expect(ids).not.toContain('1706.03762');
  });

  it('reads a text from standard input', async () => {
    const { stdout } = await pharos(['related', '-', '--json'], { stdin: PAPERS[2]?.abstract ?? '' });
    expect(JSON.parse(stdout).hits[0].paper.id).toBe('hep-th/9711200');
  });

  it('names papers that are not there', async () => {
    const { exitCode, stderr } = await pharos(['related', '1706.03762', '2101.00001', '--not', '2101.00002']);
    expect(exitCode).toBe(1);
    expect(stderr).toContain('2101.00001');
  });

  it('refuses an empty text', async () => {
    expect(await pharos(['related', '-'])).toMatchObject({ exitCode: 2 });
  });
});

describe('show', () => {
  it('says which source each field comes from', async () => {
    const { stdout } = await pharos(['show', '1706.03762', '--sources']);
    expect(stdout).toMatch(/Sources\n\nall +jsonl \d{4}-\d\d-\d\d\n(?:.*\n)*title +jsonl /);
    const { stdout: json } = await pharos(['show', '1706.03762', '--sources', '--json']);
    const { paper, fields, sources } = JSON.parse(json);
    expect(sources).toEqual([{ ...fields.title, paper }]);
  });

  it('prints a paper by any of its names', async () => {
    const { stdout } = await pharos(['show', 'arXiv:hep-th/9711200v3']);
    expect(stdout).toContain('The Large N Limit');
    expect(stdout).toContain('authors     Juan Maldacena');
    const { stdout: json } = await pharos(['show', '1706.03762', '1810.04805', '--json']);
    expect(JSON.parse(json)).toMatchObject([{ id: '1706.03762' }, { id: '1810.04805' }]);
  });

  it('fails for a paper that is not there', async () => {
    const { exitCode, stderr } = await pharos(['show', '2101.00001']);
    expect(exitCode).toBe(1);
    expect(stderr).toMatch(/^pharos: there is no paper 2101.00001 in this index\nhint: /);
  });
});

describe('status, verify, rebuild and config', () => {
  it('tells what is in the index', async () => {
    const { stdout } = await pharos(['status', '--json']);
    expect(JSON.parse(stdout)).toMatchObject({
      papers: 3,
      embedded: 3,
      generation: expect.any(Number),
      model: expect.any(String),
      bytes: expect.any(Number),
      health: { ok: true, notes: [] },
    });
    expect((await pharos(['status'])).stdout).toMatch(/^papers {6}3$/m);
  });

  it('fails where there is no index', async () => {
    const { exitCode, stderr } = await pharos(['status', '--index', join(folder, 'nowhere')]);
    expect(exitCode).toBe(1);
    expect(stderr).toContain('hint: Add papers first');
  });

  it('checks and rebuilds the index', async () => {
    expect(await pharos(['verify'])).toMatchObject({ exitCode: 0, stderr: '' });
    const rebuilt = await pharos(['rebuild', '--json']);
    expect(JSON.parse(rebuilt.stdout)).toMatchObject({ papers: 3 });
    expect(JSON.parse((await pharos(['verify', '--json'])).stdout)).toMatchObject({ ok: true });
  });

  it('prints every setting with its source', async () => {
    const { stdout } = await pharos(['config', '--json', '--port', '1234']);
    const config = JSON.parse(stdout);
    expect(Object.keys(config)).toEqual(SETTING_NAMES);
    expect(config).toMatchObject({
      index: { value: index, source: 'environment' },
      port: { value: 1234, source: 'flag' },
      host: { value: '127.0.0.1', source: 'default' },
    });
    expect((await pharos(['config'])).stdout).toMatch(/^index .* PHAROS_INDEX$/m);
  });

  it('lists every setting that is wrong', async () => {
    const { exitCode, stderr } = await pharos(['status'], {
      environment: { PHAROS_PORT: 'x', PHAROS_HOTS: 'y' },
    });
    expect(exitCode).toBe(2);
    expect(stderr).toContain('pharos: 2 settings are not valid\n');
    expect(stderr).toContain('did you mean PHAROS_HOST?');
    expect(stderr).toContain('PHAROS_PORT: "x" is not a whole number');
  });
});

describe('add and remove', () => {
  const own = { environment: { PHAROS_INDEX: join(folder, 'own') } };

  it('adds from standard input, tells what it did, and the second time that nothing changed', async () => {
    const stdin = `${JSON.stringify(PAPERS[0])}\nthis is no paper\n${JSON.stringify(PAPERS[1])}\n`;
    const first = await pharos(['add', '-', '--json'], { ...own, stdin });
    expect(JSON.parse(first.stdout)).toMatchObject({
      read: 3,
      added: 2,
      faulty: 1,
      embedded: 2,
      samples: [{ line: 2 }],
    });
    const second = await pharos(['add', '-'], { ...own, stdin });
    expect(second.stdout).toContain('Nothing changed: 3 rows read, 2 there already, 1 faulty.');
    expect(second.stdout).toContain('  -:2  ');
  });

  it('stops at a faulty row when strict', async () => {
    const { exitCode, stderr } = await pharos(['add', '-', '--strict', '--format', 'jsonl'], {
      ...own,
      stdin: 'this is no paper\n',
    });
    expect(exitCode).toBe(1);
    expect(stderr).toContain('-:1: ');
  });

  it('looks for every file before it reads the first', async () => {
    const fresh = join(folder, 'fresh');
    const { exitCode, stderr } = await pharos(['add', file, 'no-such-file.jsonl', '--index', fresh]);
    expect(exitCode).toBe(1);
    expect(stderr).toContain('no-such-file.jsonl');
    expect(await pharos(['status', '--index', fresh])).toMatchObject({ exitCode: 1 });
  });

  it('makes no index of what cannot be read', async () => {
    const fresh = join(folder, 'unread');
    const binary = join(folder, 'binary.dat');
    writeFileSync(binary, Buffer.from([0, 255, 1, 254, 10, 7]));
    expect(await pharos(['add', binary, '--index', fresh])).toMatchObject({ exitCode: 1 });
    expect(existsSync(fresh)).toBe(false);
  });

  it('says what is safe when it is interrupted', async () => {
    const { exitCode, stderr } = await pharos(['add', file], { ...own, signal: AbortSignal.abort() });
    expect(exitCode).toBe(1);
    expect(stderr).toMatch(/^pharos: Interrupted.*\nhint: Run the same command again/);
  });

  it('removes papers, and fails when none was there', async () => {
    const removed = await pharos(['remove', '1706.03762', '2101.00001'], own);
    expect(removed).toMatchObject({ exitCode: 0, stdout: 'Removed 1 paper.\n' });
    expect(removed.stderr).toContain('2101.00001');
    expect(await pharos(['show', '1706.03762'], own)).toMatchObject({ exitCode: 1 });
    expect(await pharos(['remove', '1706.03762'], own)).toMatchObject({ exitCode: 1, stdout: '' });
  });
});

describe('help', () => {
  it('is printed on stdout with examples, for the program and every command', async () => {
    const { exitCode, stdout } = await pharos(['--help']);
    expect(exitCode).toBe(0);
    const commands = [...stdout.matchAll(/^ {2}(\w+) .*/gm)]
      .map(([, name]) => name ?? '')
      .filter((name) => name !== 'help');
    expect(commands).toContain('search');
    for (const command of commands) {
      const help = await pharos([command, '--help']);
      expect(help.exitCode).toBe(0);
      expect(help.stdout).toContain(`$ `);
      // The index of a judged collection is not the user's.
      expect(help.stdout).toContain(command === 'evaluate' ? '--cache' : '--index');
      for (const line of help.stdout.split('\n')) expect(line.length).toBeLessThanOrEqual(80);
    }
  });

  it('is what a bare `pharos` asks for', async () => {
    expect(await pharos([])).toMatchObject({ exitCode: 2, stdout: '' });
  });

  it('prints the version', async () => {
    expect((await pharos(['--version'])).stdout).toMatch(/^\d+\.\d+\.\d+\n$/);
  });
});
