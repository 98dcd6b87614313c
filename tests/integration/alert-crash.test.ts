/**
 * kill -9 at random moments of adding, judging, noting and sending, under a real mail server: every paper is in
 * exactly one message, nothing is lost, and what arrives twice is the same message under the same Message-ID.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { text } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import { SMTPServer } from 'smtp-server';
import { expect, test } from 'vitest';
import { AlertBook } from '../../src/alerts/alert-book.ts';
import { HashingEmbedder } from '../../src/embed/hashing-embedder.ts';
import { openEmbeddedEngine, openEmbeddedReader } from '../../src/engine/embedded/open.ts';

const LIVES = 10;
const LONGEST_LIFE_MS = 900;
const SLOWEST_MAIL_MS = 20;
const CHILD = resolve(import.meta.dirname, 'alert-crash-child.ts');

interface Mail {
  readonly messageId: string;
  readonly papers: readonly string[];
}

async function startMailServer() {
  const mails: Mail[] = [];
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    onData: (stream, _session, done) => {
      text(stream)
        .then(async (raw) => {
          const messageId = /^message-id: *(.+?)\r?$/im.exec(raw)?.[1] ?? '';
          const [, plain = ''] = raw.split(/^content-type: text\/plain/im);
          const [body = ''] = plain.split(/^content-type: text\/html/im);
          // Each paper is named by title and id: in a set, once.
          mails.push({ messageId, papers: [...new Set(body.match(/\bl\d+x\d+x\d\b/g))] });
          await sleep(Math.random() * SLOWEST_MAIL_MS);
          done();
        })
        .catch(done);
    },
  });
  server.on('error', () => undefined);
  await new Promise<void>((resolveListening) => server.listen(0, '127.0.0.1', resolveListening));
  return { mails, port: (server.server.address() as AddressInfo).port, server };
}

async function live(dir: string, port: number, name: string, lifeMs: number): Promise<void> {
  const child = spawn(process.execPath, ['--import', 'tsx', CHILD, dir, String(port), name], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const exited = once(child, 'exit');
  await Promise.race([once(child.stdout, 'data'), exited]);
  if (name === 'finish') {
    const [code] = await exited;
    expect(code).toBe(0);
    return;
  }
  await sleep(lifeMs);
  child.kill('SIGKILL');
  await exited;
}

async function makeAlert(dir: string): Promise<void> {
  const space = new HashingEmbedder().model;
  await (await openEmbeddedEngine({ dir, space })).close();
  const book = AlertBook.open(dir);
  const reader = await openEmbeddedReader({ dir, space });
  const targets = ['mail:me@example.org', `file:${join(dir, 'news.jsonl')}`];
  await book.add(
    { id: 'graphs', question: 'graph networks', targets, minSimilarity: 0.1, limit: 2 },
    { reader, nowMs: Date.now() },
  );
  await reader.close();
  book.close();
}

test('every paper is announced in one message, whenever the process is killed', async () => {
  const dir = mkdtempSync(join(tmpdir(), 'pharos-alert-crash-'));
  const { mails, port, server } = await startMailServer();
  try {
    await makeAlert(dir);
    for (let life = 0; life < LIVES; life++) {
      await live(dir, port, `l${life}`, Math.random() * LONGEST_LIFE_MS);
    }
    await live(dir, port, 'finish', 0);

    const stored: string[] = [];
    const reader = await openEmbeddedReader({ dir });
    for await (const { paper } of reader.scan()) stored.push(paper.id);
    await reader.close();
    expect(stored.length).toBeGreaterThan(LIVES);

    const messages = new Map(mails.map(({ messageId, papers }) => [messageId, papers]));
    for (const { messageId, papers } of mails) expect(papers).toEqual(messages.get(messageId));
    expect([...messages.values()].flat().toSorted()).toEqual(stored.toSorted());
    // One copy more for a kill between the delivery and the note of it, and not for anything else.
    expect(mails.length - messages.size).toBeLessThanOrEqual(LIVES);

    const lines = readFileSync(join(dir, 'news.jsonl'), 'utf8').trimEnd().split('\n');
    expect(lines.map((line) => JSON.parse(line).paper.id).toSorted()).toEqual(stored.toSorted());
  } finally {
    await new Promise<void>((resolveClosed) => server.close(() => resolveClosed()));
    rmSync(dir, { recursive: true, force: true });
  }
});
