import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { Digest } from '../../src/alerts/digest.ts';
import { appendToFile } from '../../src/alerts/file-channel.ts';

function tempFile(): string {
  const dir = mkdtempSync(join(tmpdir(), 'pharos-file-'));
  onTestFinished(() => rmSync(dir, { recursive: true, force: true }));
  return join(dir, 'news.jsonl');
}

function messageOf(key: string, ids: readonly string[]) {
  const digest: Digest = {
    alert: { id: 'graphs', question: 'graphs' },
    created: '2026-11-25T03:00:00.000Z',
    part: 1,
    parts: 1,
    papers: ids.map((id) => ({ id, title: `Über ${id}`, authors: [], similarity: 0.5, passage: null })),
  };
  return { key, digest };
}

describe('appendToFile', () => {
  it('writes a line a paper, after what is there', async () => {
    const path = tempFile();
    await appendToFile(messageOf('k1', ['a', 'b']), path);
    await appendToFile(messageOf('k2', ['c']), path);
    const lines = readFileSync(path, 'utf8')
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(lines.map(({ delivery, paper }) => [delivery, paper.id])).toEqual([
      ['k1', 'a'],
      ['k1', 'b'],
      ['k2', 'c'],
    ]);
    expect(lines[0].alert).toEqual({ id: 'graphs', question: 'graphs' });
  });

  it('completes what was cut off at any byte, and repeats nothing', async () => {
    const path = tempFile();
    const whole = messageOf('k2', ['c', 'd', 'e']);
    await appendToFile(messageOf('k1', ['a', 'b']), path);
    const before = readFileSync(path);
    await appendToFile(whole, path);
    const after = readFileSync(path);
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: before.length, max: after.length }), async (cut) => {
        writeFileSync(path, after.subarray(0, cut));
        await appendToFile(whole, path);
        expect(readFileSync(path)).toEqual(after);
      }),
    );
  });

  it('leaves the lines of others as they are, and ends one that has no end', async () => {
    const path = tempFile();
    writeFileSync(path, 'notes of mine');
    await appendToFile(messageOf('k', ['a']), path);
    expect(readFileSync(path, 'utf8')).toMatch(/^notes of mine\n\{"delivery":"k"/);
  });

  it('says why it cannot write', async () => {
    const gone = join(tempFile(), 'below', 'news.jsonl');
    await expect(appendToFile(messageOf('k', ['a']), gone)).rejects.toMatchObject({
      name: 'DeliveryFault',
      isHopeless: false,
      message: expect.stringContaining(gone),
    });
  });
});
