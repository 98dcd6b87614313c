import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { readWorkNotes, WorkNoter } from '../../src/sync/work-notes.ts';

/** No process has it: the kernel hands out none as high. */
const NOBODY = 2 ** 30;

let dir = '';

beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'pharos-notes-'));
  onTestFinished(() => rmSync(dir, { recursive: true, force: true }));
});

function leave(pid: number, silentMs: number): void {
  const changed = new Date(Date.now() - silentMs).toISOString();
  const note = { pid, started: changed, changed, stage: 'embed', done: 1, total: 2 };
  mkdirSync(join(dir, 'at-work'), { recursive: true });
  writeFileSync(join(dir, 'at-work', `${pid}.json`), JSON.stringify(note));
}

describe('notes of work', () => {
  it('tell how far it has come, until it is done', async () => {
    const noter = new WorkNoter(dir);
    noter.note({ stage: 'store', done: 3 });
    expect(await readWorkNotes(dir)).toMatchObject([
      { pid: process.pid, stage: 'store', done: 3, total: null },
    ]);
    noter.note({ stage: 'store', done: 4 });
    expect(await readWorkNotes(dir)).toMatchObject([{ done: 3 }]);
    noter.note({ stage: 'embed', done: 0, total: 10 });
    expect(await readWorkNotes(dir)).toMatchObject([{ stage: 'embed', done: 0, total: 10 }]);
    noter.clear();
    expect(await readWorkNotes(dir)).toEqual([]);
    expect(readdirSync(join(dir, 'at-work'))).toEqual([]);
  });

  it('make no folder of an index, and none is no work', async () => {
    const none = join(dir, 'none');
    const noter = new WorkNoter(none);
    noter.note({ stage: 'store', done: 3 });
    noter.clear();
    expect(readdirSync(dir)).toEqual([]);
    expect(await readWorkNotes(none)).toEqual([]);
  });

  it('of the dead are believed for moments only, of the living for long', async () => {
    leave(NOBODY, 1_000);
    expect(await readWorkNotes(dir)).toHaveLength(1);
    leave(NOBODY, 60_000);
    expect(await readWorkNotes(dir)).toEqual([]);
    leave(process.pid, 600_000);
    expect(await readWorkNotes(dir)).toHaveLength(1);
  });

  it.each(['', '{"pid":', '{"pid":1}', '[]'])('that are no notes are passed over: %s', async (text) => {
    leave(NOBODY, 1_000);
    writeFileSync(join(dir, 'at-work', '1.json'), text);
    expect(await readWorkNotes(dir)).toHaveLength(1);
  });
});
