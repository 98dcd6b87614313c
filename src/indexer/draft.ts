/** A paper while the rows of a batch are applied to it: what is said of it, and what that makes of it. */
import type { EngineReader } from '../engine/engine.ts';
import { mergeRecords, type SourceRecord, UNKNOWN_SOURCE } from '../paper/merge-records.ts';
import type { Paper, PaperId } from '../paper/paper.ts';
import { preferredId } from '../paper/paper-names.ts';

export class Draft {
  /** As it was before the batch; undefined for a new one. */
  readonly stored: Paper | undefined;
  /** Of one that was stored before sources were kept, what `UNKNOWN_SOURCE` says. */
  readonly recordsBefore: readonly SourceRecord[];
  readonly #records = new Map<string, SourceRecord>();
  /** It goes on from a paper that was there before the batch, be it under another id. */
  isKnown: boolean;
  readonly #isOld: boolean;
  #paper: Paper | undefined;
  changed = false;

  constructor(stored?: Paper, records: readonly SourceRecord[] = []) {
    this.stored = stored;
    this.#paper = stored;
    this.isKnown = stored !== undefined;
    this.#isOld = stored !== undefined && records.length === 0;
    this.recordsBefore = this.#isOld && stored ? [{ source: UNKNOWN_SOURCE, paper: stored }] : records;
    for (const record of this.recordsBefore) this.#records.set(keyOf(record.source, record.paper.id), record);
  }

  /** What the records make of it; undefined when nobody says anything. */
  get paper(): Paper | undefined {
    return this.#paper;
  }

  get records(): SourceRecord[] {
    return [...this.#records.values()];
  }

  /** The ids under which sources have it. */
  get ids(): PaperId[] {
    return [...new Set(this.records.map(({ paper }) => paper.id))];
  }

  record(source: string, id: PaperId): SourceRecord | undefined {
    return this.#records.get(keyOf(source, id));
  }

  put(record: SourceRecord): void {
    this.#records.set(keyOf(record.source, record.paper.id), record);
    this.#revise();
  }

  /** False when the source says nothing under that id. */
  remove(source: string, id: PaperId): boolean {
    const isThere = this.#records.delete(keyOf(source, id));
    if (isThere) this.#revise();
    return isThere;
  }

  /** What was stored before sources were kept goes with whoever withdraws it first, as long as nobody else spoke. */
  removeUnknown(id: PaperId): boolean {
    return this.#isOld && this.#records.size === 1 && this.remove(UNKNOWN_SOURCE, id);
  }

  /** For a paper that is put together anew, out of what was said of several or of one. */
  replaceRecords(records: readonly SourceRecord[]): void {
    this.#records.clear();
    for (const record of records) this.#records.set(keyOf(record.source, record.paper.id), record);
    this.#revise();
  }

  #revise(): void {
    const { records } = this;
    const [only, ...others] = records;
    this.changed = true;
    // Nearly every paper has one record, and is what it says.
    this.#paper = others.length === 0 ? only?.paper : mergeRecords(preferredId(this.ids), records).paper;
  }
}

/** The drafts behind ids: one for each paper that is stored, however many of the ids it has, and a new one for each other. */
export async function loadDrafts(
  ids: readonly PaperId[],
  engine: Pick<EngineReader, 'get' | 'records'>,
): Promise<Map<PaperId, Draft>> {
  const papers = await engine.get(ids);
  const stored = new Map(papers.flatMap((paper) => (paper ? [[paper.id, paper]] : [])));
  const records = await engine.records([...stored.keys()]);
  const drafts = new Map([...stored.values()].map((paper, at) => [paper.id, new Draft(paper, records[at])]));
  return new Map(ids.map((id, at) => [id, drafts.get(papers[at]?.id ?? '') ?? new Draft()]));
}

/** A blank is in no id. */
function keyOf(source: string, id: PaperId): string {
  return `${source} ${id}`;
}
