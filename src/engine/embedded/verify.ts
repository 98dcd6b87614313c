/**
 * Checks every structure of an index against SQLite: the database itself, the tables that repeat each other, the
 * files of the snapshot, and what is loaded from them against what the stored papers say it should be.
 */
import { join } from 'node:path';
import { isAppError } from '../../fault/app-error.ts';
import { phraseWords } from '../../text/phrase.ts';
import { openStoreForReading } from './database.ts';
import { readHnswHeader, readHnswLinks, readHnswVectors } from './hnsw-file.ts';
import { LiveReplica, type LiveReplicaOptions } from './live-replica.ts';
import { readableManifest, readManifest } from './manifest.ts';
import type { PaperStore } from './paper-store.ts';
import { rebuildIndex } from './rebuild.ts';
import { Replica } from './replica.ts';
import { digestOf, type ReplicaDigest } from './replica-digest.ts';
import { checkSeals, GRAPH_FILE } from './snapshot.ts';
import { storageError } from './storage-error.ts';
import { hasSuggestions } from './suggestion-reader.ts';

export interface VerifyCheck {
  readonly name: string;
  readonly ok: boolean;
  readonly detail: string;
}

export interface VerifyReport {
  readonly ok: boolean;
  readonly checks: readonly VerifyCheck[];
  /** What was made anew. */
  readonly repaired: readonly string[];
}

export interface VerifyOptions extends LiveReplicaOptions {
  readonly dir: string;
  readonly repair?: boolean;
  readonly pharos?: string;
}

const SAMPLED = 200;
/**
 * With `repair`, whatever failed and derives from the papers is made anew and checked again; a damaged papers.db
 * itself cannot be repaired. INDEX_MISSING, and INDEX_LOCKED when a repair meets a writer.
 */
export async function verifyIndex(options: VerifyOptions): Promise<VerifyReport> {
  const checks = await checkIndex(options);
  const failed = checks.filter(({ ok }) => !ok);
  if (failed.length === 0 || !options.repair || failed.some(({ name }) => name === 'database')) {
    return { ok: failed.length === 0, checks, repaired: [] };
  }
  await rebuildIndex(options);
  const after = await checkIndex(options);
  return { ok: after.every(({ ok }) => ok), checks: after, repaired: failed.map(({ name }) => name) };
}

async function checkIndex(options: VerifyOptions): Promise<VerifyCheck[]> {
  try {
    const store = openStoreForReading(options.dir);
    try {
      const database = checkDatabase(store);
      if (!database.ok) return [database];
      return [
        database,
        checkTables(store),
        checkTexts(store),
        checkSuggestions(store),
        checkSnapshot(options.dir),
        ...(await checkReplica(store, options)),
      ];
    } finally {
      store.close();
    }
  } catch (error) {
    const known = storageError(error, options.dir);
    if (isAppError(known, 'INDEX_DAMAGED')) return [{ name: 'database', ok: false, detail: known.message }];
    throw known;
  }
}

function checkDatabase({ db }: PaperStore): VerifyCheck {
  const result = String(db.pragma('integrity_check(1)', { simple: true }));
  return { name: 'database', ok: result === 'ok', detail: result === 'ok' ? 'papers.db is intact' : result };
}

function checkTables(store: PaperStore): VerifyCheck {
  const count = (sql: string) => store.db.prepare<[], number>(sql).pluck().get() ?? 0;
  const told = store.counts();
  const papers = count('SELECT count(*) FROM papers');
  const vectors = count('SELECT count(*) FROM vectors');
  const stray = count('SELECT count(*) FROM vectors WHERE doc_id NOT IN (SELECT doc_id FROM papers)');
  const waiting = count('SELECT count(*) FROM unembedded JOIN papers USING (doc_id)');
  const ok =
    told.papers === papers && told.embedded === vectors && stray === 0 && waiting === papers - vectors;
  const detail = `${papers} papers, ${vectors} vectors, ${waiting} waiting for one, ${stray} stray`;
  return { name: 'tables', ok, detail };
}

/** Whether the index of texts has a row for each paper and no other, and a sample of them can be found by title. */
function checkTexts(store: PaperStore): VerifyCheck {
  const name = 'texts';
  if (!store.hasTexts) return { name, ok: true, detail: 'none yet; the next writer makes them' };
  const count = (sql: string) => store.db.prepare<[], number>(sql).pluck().get() ?? 0;
  const lacking = count('SELECT count(*) FROM papers WHERE doc_id NOT IN (SELECT id FROM texts_docsize)');
  const stray = count('SELECT count(*) FROM texts_docsize WHERE id NOT IN (SELECT doc_id FROM papers)');
  const sample = store.db
    .prepare<[number], number>(`SELECT doc_id FROM papers WHERE doc_id % max(1, ?) = 0 LIMIT ${SAMPLED}`)
    .pluck()
    .all(Math.floor(store.counts().papers / SAMPLED));
  const wrong = sample.filter((docId) => !isFoundByTitle(store, docId));
  const detail = `${lacking} papers without words, ${stray} stray; ${wrong.length} of ${sample.length} sampled titles not found`;
  return { name, ok: lacking + stray + wrong.length === 0, detail };
}

function isFoundByTitle(store: PaperStore, docId: number): boolean {
  const text = store.byDocId(docId)?.title ?? '';
  return phraseWords(text).length === 0 || store.holders({ as: 'phrase', text, in: 'title' }).includes(docId);
}

/** Whether the tables that complete what is typed know every paper and count right. */
function checkSuggestions({ db }: PaperStore): VerifyCheck {
  const name = 'suggestions';
  if (!hasSuggestions(db))
    return { name, ok: false, detail: 'none; made by a Pharos that had no such tables' };
  const wrong = db
    .prepare<[], number>(
      `WITH named AS (SELECT DISTINCT doc_id, value AS name FROM papers, json_each(body, '$.authors')),
         counted AS (SELECT name, count(*) AS papers FROM named GROUP BY name)
       SELECT (SELECT count(*) FROM counted LEFT JOIN authors USING (name) WHERE authors.papers IS NOT counted.papers)
         + abs((SELECT count(*) FROM counted) - (SELECT count(*) FROM authors))
         + abs((SELECT count(*) FROM authors) - (SELECT count(*) FROM author_words))
         + abs((SELECT count(*) FROM papers) - (SELECT count(*) FROM title_words))`,
    )
    .pluck()
    .get();
  const ok = wrong === 0;
  return { name, ok, detail: ok ? 'as the papers say' : 'not what the papers say' };
}

function checkSnapshot(dir: string): VerifyCheck {
  const name = 'snapshot';
  let generation: number | undefined;
  const damage = damageOf(() => {
    const snapshot = readManifest(dir)?.snapshot;
    if (snapshot) checkSeals(dir, snapshot);
    generation = snapshot?.generation;
  });
  if (damage !== undefined) return { name, ok: false, detail: damage };
  const detail = 'none yet; a start builds from the papers';
  return {
    name,
    ok: true,
    detail: generation === undefined ? detail : `generation ${generation}, files as sealed`,
  };
}

/** What a look at files finds wrong with them; undefined when nothing. */
function damageOf(look: () => void): string | undefined {
  try {
    look();
    return undefined;
  } catch (error) {
    const missing = (error as NodeJS.ErrnoException).code === 'ENOENT';
    if (!missing && !isAppError(error, 'INDEX_DAMAGED')) throw error;
    return (error as Error).message;
  }
}

async function checkReplica(store: PaperStore, options: VerifyOptions): Promise<VerifyCheck[]> {
  const { space } = store.identity();
  const served = await new LiveReplica(options.dir, store, options).current();
  const expected = Replica.empty(space);
  await expected.catchUp(store, { signal: options.signal });
  const servedDigest = digestOf(served);
  const expectedDigest = digestOf(expected);
  const compare = (name: keyof ReplicaDigest): VerifyCheck => {
    const ok = servedDigest[name] === expectedDigest[name];
    return { name, ok, detail: ok ? 'as the papers say' : 'not what the papers say' };
  };
  return [
    compare('papers'),
    compare('words'),
    compare('columns'),
    compare('codes'),
    compare('works'),
    checkGraph(store, { dir: options.dir, served }),
  ];
}

/** The links that are walked against the graph they were taken from, and its vectors against the stored ones. */
function checkGraph(store: PaperStore, { dir, served }: { dir: string; served: Replica }): VerifyCheck {
  const name = 'graph';
  const snapshot = readableManifest(dir)?.snapshot;
  const embedded = store.countVectorsSince(0);
  const found = served.unlinked + linkedPapers(served);
  if (found !== embedded)
    return { name, ok: false, detail: `${found} papers to be found for ${embedded} vectors` };
  if (!snapshot || served.links.size === 0)
    return { name, ok: true, detail: 'none yet; every paper is compared' };
  const path = join(dir, snapshot.folder, GRAPH_FILE);
  const { dimensions } = store.identity().space;
  const damage = damageOf(() => {
    checkSeals(dir, snapshot, [GRAPH_FILE]);
    readHnswHeader(path, { count: snapshot.points, dimensions });
  });
  if (damage !== undefined) return { name, ok: false, detail: damage };
  const { rows, entries } = readHnswLinks(path);
  if (!isSame(rows, served.links.rows) || !isSame(entries, served.links.entries))
    return { name, ok: false, detail: 'the links are not those of the graph' };
  const sample = store.db
    .prepare<[number], number>(`SELECT doc_id FROM vectors WHERE doc_id % max(1, ?) = 0 LIMIT ${SAMPLED}`)
    .pluck()
    .all(Math.floor(embedded / SAMPLED))
    .filter((docId) => served.links.has(docId));
  // Whether each is found is a matter of recall, which near-identical papers lower; what it holds is not.
  const held = readHnswVectors(path, new Set(sample));
  const wrong = sample.filter((docId) => !isSameVector(held.get(docId), store.vector(docId)));
  const detail = `${snapshot.points} points; ${wrong.length} of ${sample.length} sampled vectors differ from the stored ones`;
  return { name, ok: wrong.length === 0, detail };
}

function linkedPapers({ columns, links }: Replica): number {
  let count = 0;
  for (let docId = 0; docId < links.length; docId++) if (links.has(docId) && columns.isLive(docId)) count++;
  return count;
}

function isSame(a: Uint32Array, b: Uint32Array): boolean {
  return a.length === b.length && a.every((value, at) => value === b[at]);
}

function isSameVector(held: Float32Array | undefined, stored: Float32Array | undefined): boolean {
  return (
    held !== undefined && stored !== undefined && held.every((component, at) => component === stored[at])
  );
}
