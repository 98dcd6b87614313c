/**
 * What came into the index, in the order in which it was first seen. `new` is defined here: an id that was never seen
 * before. A paper that changes gets a new docId and so is looked at again, but its id is known; so is that of a paper
 * that was removed and comes back. Where a paper goes by another id than before, because a source gave it a better one,
 * what is known of the old id is known of the new one.
 */
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Database } from 'better-sqlite3';
import type { EngineReader } from '../engine/engine.ts';
import type { SourceRecord } from '../paper/merge-records.ts';
import type { PaperId } from '../paper/paper.ts';

export interface Arrival {
  readonly number: number;
  readonly paperId: PaperId;
}

interface Came {
  readonly id: PaperId;
  /** Ids under which sources have it, and under which it may have gone. */
  readonly before: readonly PaperId[];
}

/** Some 10 ms, after which a server that does this answers whoever waits. */
const PAGE_PAPERS = 500;

export class Arrivals {
  readonly #db: Database;
  readonly #statements: ReturnType<typeof prepare>;

  constructor(db: Database) {
    this.#db = db;
    this.#statements = prepare(db);
  }

  /** Number of the last arrival; 0 where there is none. */
  last(): number {
    return this.#statements.last.get() ?? 0;
  }

  /** Arrivals after a number, ascending. */
  after(number: number, limit: number): Arrival[] {
    return this.#statements.after
      .all(number, limit)
      .map(({ number: own, paper_id }) => ({ number: own, paperId: paper_id }));
  }

  /**
   * Notes everything that this reader has loaded; what it cannot find yet stays for the next time. Resolves to the
   * number of the last arrival. Two processes may do it at once.
   */
  async catchUp(reader: Pick<EngineReader, 'lastDocId' | 'papers' | 'records'>): Promise<number> {
    const lastDocId = await reader.lastDocId();
    // DocIds only grow, unless the index was made anew under an alerts.db that stayed.
    if (this.#seen() > lastDocId) this.#statements.setSeen.run(0);
    for (let seen = this.#seen(); seen < lastDocId; seen = this.#seen()) {
      const upTo = Math.min(seen + PAGE_PAPERS, lastDocId);
      const docIds = Array.from({ length: upTo - seen }, (_, at) => seen + 1 + at);
      const ids = (await reader.papers(docIds)).flatMap((paper) => (paper ? [paper.id] : []));
      // Before anything was seen no paper can have gone by another id.
      const records = this.last() === 0 ? [] : await reader.records(ids);
      await nextTurn();
      const came = ids.map((id, at): Came => ({ id, before: otherIds(id, records[at] ?? []) }));
      this.#note(came, { seen, upTo });
    }
    return this.last();
  }

  #note(papers: readonly Came[], { seen, upTo }: { readonly seen: number; readonly upTo: number }): void {
    this.#db
      .transaction(() => {
        // Another process was faster; what it noted is noted.
        if (this.#seen() !== seen) return;
        for (const { id, before } of papers) {
          for (const other of before) this.#rename(other, id);
          this.#statements.add.run(id);
        }
        this.#statements.setSeen.run(upTo);
      })
      .immediate();
  }

  #rename(from: PaperId, to: PaperId): void {
    this.#statements.renameArrival.run(to, from);
    this.#statements.renameAnnounced.run(to, from);
  }

  #seen(): number {
    return this.#statements.seen.get() ?? 0;
  }
}

function otherIds(id: PaperId, records: readonly SourceRecord[]): PaperId[] {
  return [...new Set(records.map(({ paper }) => paper.id))].filter((other) => other !== id);
}

function prepare(db: Database) {
  return {
    last: db.prepare<[], number>('SELECT max(number) FROM arrivals').pluck(),
    after: db.prepare<[number, number], { number: number; paper_id: string }>(
      'SELECT number, paper_id FROM arrivals WHERE number > ? ORDER BY number LIMIT ?',
    ),
    add: db.prepare<[string]>('INSERT OR IGNORE INTO arrivals (paper_id) VALUES (?)'),
    renameArrival: db.prepare<[string, string]>(
      'UPDATE OR IGNORE arrivals SET paper_id = ? WHERE paper_id = ?',
    ),
    renameAnnounced: db.prepare<[string, string]>(
      'UPDATE OR IGNORE announced SET paper_id = ? WHERE paper_id = ?',
    ),
    seen: db.prepare<[], number>(`SELECT value FROM meta WHERE key = 'seen-doc-id'`).pluck(),
    setSeen: db.prepare<[number]>(`UPDATE meta SET value = ? WHERE key = 'seen-doc-id'`),
  };
}
