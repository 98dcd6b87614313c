/** docs/alerts.md, executed: its commands, its JSON, and the receiver's check of a signature. */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DEFAULT_LIMIT, DEFAULT_MIN_SIMILARITY } from '../../src/alerts/alert.ts';
import { MAX_TRIES } from '../../src/alerts/back-off.ts';
import { toDigestPaper } from '../../src/alerts/digest.ts';
import { signatureOf } from '../../src/alerts/signature.ts';
import { runCli } from '../cli/test-io.ts';

const TEXT = readFileSync('docs/alerts.md', 'utf8');
const blocks = (language: string) =>
  [...TEXT.matchAll(new RegExp(`\`\`\`${language}\n([\\s\\S]*?)\`\`\``, 'g'))].map(([, block = '']) => block);

let dir: string;
beforeAll(() => {
  dir = mkdtempSync(join(tmpdir(), 'pharos-alerts-doc-'));
  mkdirSync(join(dir, 'index'));
});
afterAll(() => rmSync(dir, { recursive: true, force: true }));

/** As a shell would cut it, for lines without anything but words and double quotes. */
function wordsOf(line: string): string[] {
  return [...line.matchAll(/"([^"]*)"|(\S+)/g)].map(([, quoted, plain]) => quoted ?? plain ?? '');
}

describe('docs/alerts.md', () => {
  it('gives commands that do what it says', async () => {
    const index = ['--index', join(dir, 'index')];
    const papers = join(dir, 'papers.jsonl');
    const add = async (title: string, categories: string[]) => {
      writeFileSync(
        papers,
        JSON.stringify({ title, abstract: title, categories, authors: ['Ada Lovelace'] }),
      );
      expect(await runCli(['add', papers, ...index])).toMatchObject({ exitCode: 0 });
    };
    await add('protein folding', ['q-bio.BM']);
    const lines = blocks('sh')
      .join('')
      .split('\n')
      .filter((line) => line.startsWith('pharos alert'));
    expect(lines).toHaveLength(4);
    const news = join(dir, 'news.jsonl');
    for (const line of lines) {
      if (line.includes('alert run')) await add('graph neural networks', ['cs.LG']);
      const words = wordsOf(line.replaceAll('news.jsonl', news)).slice(1);
      const ids = line.includes('alert run') ? ['graph-neural-networks', 'protein-folding'] : [];
      const outcome = await runCli([...words, ...ids, ...index]);
      expect(outcome).toMatchObject({ exitCode: 0 });
    }
    const told = readFileSync(news, 'utf8')
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(told.map(({ alert, paper }) => [alert.id, paper.title])).toEqual([
      ['graph-neural-networks', 'graph neural networks'],
      ['protein-folding', 'protein folding'],
    ]);
    for (const line of told) expect(Object.keys(line)).toEqual(['delivery', 'alert', 'created', 'paper']);
  });

  it('gives a check of signatures that takes ours and no other', async () => {
    const [source = ''] = blocks('js');
    const file = join(dir, 'check.mjs');
    writeFileSync(file, source);
    const { isFromPharos } = (await import(pathToFileURL(file).href)) as {
      isFromPharos: (headers: object, body: string, secret: string, nowMs?: number) => boolean;
    };
    const [body = ''] = blocks('json');
    const secret = 'a secret of sixteen or more';
    const nowMs = Date.UTC(2026, 10, 25);
    const timestamp = nowMs / 1000;
    const headers = {
      'pharos-timestamp': String(timestamp),
      'pharos-signature': signatureOf(body, { timestamp, secret }),
    };
    expect(isFromPharos(headers, body, secret, nowMs)).toBe(true);
    expect(isFromPharos(headers, `${body} `, secret, nowMs)).toBe(false);
    expect(isFromPharos(headers, body, 'another secret of this length', nowMs)).toBe(false);
    expect(isFromPharos(headers, body, secret, nowMs + 600_000)).toBe(false);
    expect(isFromPharos({ ...headers, 'pharos-timestamp': String(timestamp + 1) }, body, secret, nowMs)).toBe(
      false,
    );
    expect(isFromPharos({ 'pharos-timestamp': String(timestamp) }, body, secret, nowMs)).toBe(false);
  });

  it('shows the fields that are sent', () => {
    const [text = ''] = blocks('json');
    const { papers, ...digest } = JSON.parse(text);
    expect(Object.keys(digest)).toEqual(['delivery', 'alert', 'created', 'part', 'parts']);
    const { passage, ...paper } = papers[0];
    const sent = toDigestPaper({
      paper: { ...paper, abstract: '', categories: [] },
      match: {
        ...{ lexicalRank: 1, semanticRank: 1, similarity: paper.similarity, exact: null, coverage: 1 },
        passage: { text: passage, highlights: [] },
      },
    });
    expect(sent).toEqual(papers[0]);
  });

  it('names the numbers that hold', () => {
    expect(MAX_TRIES).toBe(8);
    expect(TEXT).toContain('after eight tries');
    expect(TEXT).toContain(`, ${DEFAULT_MIN_SIMILARITY} unless given`);
    expect(readFileSync('docs/usage.md', 'utf8')).toContain(`${DEFAULT_LIMIT} unless given`);
  });
});
