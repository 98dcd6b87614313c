/**
 * Which papers the drafts of a batch are, once everything that is stored is taken into account. Whoever shares a name
 * or a title with what has changed is looked up, then whoever shares one with these, until nobody new turns up: all
 * that can depend on the change is then at hand, and is put together anew from what its sources say. So it cannot
 * matter in which order they said it, and what falls apart when a source withdraws falls apart here too.
 */
import type { EngineReader, LookupKey } from '../engine/engine.ts';
import { joinedByTies, type SaidOfId, type Tie, tieBetween } from '../paper/join-records.ts';
import type { SourceRecord } from '../paper/merge-records.ts';
import type { PaperId } from '../paper/paper.ts';
import { namedIds, tellingTitle } from '../paper/paper-names.ts';
import { Draft } from './draft.ts';

/** A name that so many ids share tells nothing of any of them, and comparing them all would take ever longer. */
const MOST_HOLDERS = 32;
/** No paper has so many ids. Whoever chains that many is not describing papers, and is not followed further. */
const MOST_REACHED = 1_000;

export interface JoinedDrafts {
  /** The draft behind each id of a row afterwards, as far as it is another one. */
  readonly moved: ReadonlyMap<PaperId, Draft>;
  /** All that have to be written, those that came up as neighbours included. */
  readonly changed: readonly Draft[];
  /** Stored papers that are no more: part of another one, or of nobody. */
  readonly gone: readonly PaperId[];
}

type Reader = Pick<EngineReader, 'lookup' | 'papers' | 'records'>;

export async function joinDrafts(drafts: Iterable<Draft>, engine: Reader): Promise<JoinedDrafts> {
  const all = new Set(drafts);
  const touched = [...all].filter(({ changed }) => changed);
  if (touched.length === 0) return { moved: new Map(), changed: [], gone: [] };
  const neighbours = new Neighbours(all, engine);
  const { reached, ties } = await neighbours.explore(touched);
  const said = [...reached].flatMap((id) => neighbours.said(id) ?? []);
  return settle(joinedByTies(said, ties), { neighbours, touched });
}

function settle(
  papers: readonly (readonly SaidOfId[])[],
  { neighbours, touched }: { readonly neighbours: Neighbours; readonly touched: readonly Draft[] },
): JoinedDrafts {
  const before = new Set(touched);
  const after = new Set<Draft>();
  const moved = new Map<PaperId, Draft>();
  for (const said of papers) {
    const drafts = new Set(said.flatMap(({ id }) => neighbours.draftOf(id) ?? []));
    for (const draft of drafts) before.add(draft);
    const [only] = drafts;
    const isSame = only !== undefined && drafts.size === 1 && only.ids.length === said.length;
    const draft = isSame ? only : joinedDraft(said, [...drafts]);
    after.add(draft);
    if (!isSame) for (const { id } of said) moved.set(id, draft);
  }
  const kept = new Set([...after].map(({ paper }) => paper?.id));
  const gone = [...before].flatMap(({ stored }) => (stored && !kept.has(stored.id) ? [stored.id] : []));
  return { moved, changed: [...after].filter(({ changed }) => changed), gone };
}

/** Stands where the paper stood whose id it has, if one did. */
function joinedDraft(said: readonly SaidOfId[], drafts: readonly Draft[]): Draft {
  const [{ id } = { id: '' }] = said;
  const joined = new Draft(drafts.find(({ stored }) => stored?.id === id)?.stored, []);
  joined.isKnown = drafts.some(({ isKnown }) => isKnown);
  joined.replaceRecords(said.flatMap(({ records }) => records));
  return joined;
}

/** One id, with what is said under it before and after the rows of the batch. */
interface Node {
  readonly said: SaidOfId;
  readonly draft: Draft;
  readonly names: ReadonlySet<string>;
  readonly namesBefore: ReadonlySet<string>;
}

/** What shares names with the drafts of a batch, read from the engine as it is needed. */
class Neighbours {
  readonly #engine: Reader;
  readonly #nodes = new Map<PaperId, Node>();
  /** Ids by name: all that have it or had it, for names that were asked. */
  readonly #holders = new Map<string, Set<PaperId>>();
  readonly #asked = new Set<string>();
  /** Names that more papers have than could ever be told apart. */
  readonly #common = new Set<string>();
  readonly #papers = new Set<PaperId>();
  readonly #limit: number;

  constructor(drafts: ReadonlySet<Draft>, engine: Reader) {
    this.#engine = engine;
    // Beyond it, a name has too many holders before the batch and after it, whatever the batch does.
    this.#limit = MOST_HOLDERS + drafts.size + 1;
    for (const draft of drafts) this.#add(draft);
  }

  said(id: PaperId): SaidOfId | undefined {
    const said = this.#nodes.get(id)?.said;
    return said && said.records.length > 0 ? said : undefined;
  }

  draftOf(id: PaperId): Draft | undefined {
    return this.#nodes.get(id)?.draft;
  }

  /** All ids whose papers can depend on the touched ones, and what ties them. */
  async explore(touched: readonly Draft[]): Promise<{ reached: Set<PaperId>; ties: Tie[] }> {
    const reached = new Set<PaperId>();
    const ties: Tie[] = [];
    const compared = new Set<string>();
    let wave = this.#withMates(touched.flatMap((draft) => idsOf(draft)));
    await this.#ask(wave);
    wave = this.#withMates([...wave, ...this.#unsettled(wave)]);
    while (wave.length > 0 && reached.size < MOST_REACHED + touched.length) {
      for (const id of wave) reached.add(id);
      await this.#ask(wave);
      const found = wave.flatMap((id) => this.#tiesOf(id, compared));
      ties.push(...found);
      wave = this.#withMates(found.flatMap(({ ids }) => ids)).filter((id) => !reached.has(id));
    }
    return { reached, ties: ties.filter(({ ids }) => ids.every((id) => reached.has(id))) };
  }

  #withMates(ids: readonly PaperId[]): PaperId[] {
    const drafts = new Set(ids.flatMap((id) => this.draftOf(id) ?? []));
    return [...drafts].flatMap(idsOf);
  }

  /** Names that have become too common with this batch, or are so no longer, concern all who have them. */
  #unsettled(ids: readonly PaperId[]): PaperId[] {
    const names = new Set(ids.flatMap((id) => [...namesOf(this.#nodes.get(id))]));
    return [...names].flatMap((name) => {
      const holders = [...(this.#holders.get(name) ?? [])];
      if (holders.length <= MOST_HOLDERS) return [];
      const count = (when: 'names' | 'namesBefore') =>
        holders.filter((id) => this.#nodes.get(id)?.[when].has(name)).length;
      return count('names') > MOST_HOLDERS === count('namesBefore') > MOST_HOLDERS ? [] : holders;
    });
  }

  #tiesOf(id: PaperId, compared: Set<string>): Tie[] {
    const node = this.#nodes.get(id);
    if (!node) return [];
    const others = new Set([...node.names].flatMap((name) => this.#sharing(name)));
    others.delete(id);
    return [...others].flatMap((other) => {
      const pair = id < other ? `${id} ${other}` : `${other} ${id}`;
      const said = this.said(other);
      if (compared.has(pair) || !said || node.said.records.length === 0) return [];
      compared.add(pair);
      return tieBetween(node.said, said) ?? [];
    });
  }

  #sharing(name: string): PaperId[] {
    if (this.#common.has(name)) return [];
    const holders = [...(this.#holders.get(name) ?? [])];
    if (holders.length < 2) return [];
    const having = holders.filter((id) => this.#nodes.get(id)?.names.has(name));
    return having.length > MOST_HOLDERS ? [] : having;
  }

  async #ask(ids: readonly PaperId[]): Promise<void> {
    const asked = new Set(ids.flatMap((id) => [...namesOf(this.#nodes.get(id))]));
    const names = [...asked].filter((name) => !this.#asked.has(name));
    if (names.length === 0) return;
    for (const name of names) this.#asked.add(name);
    const found = await this.#engine.lookup(names.map(keyFor), this.#limit);
    const telling = found.map((docIds, at) => {
      if (docIds.length < this.#limit) return docIds;
      this.#common.add(names[at] ?? '');
      return [];
    });
    const papers = await this.#engine.papers([...new Set(telling.flat())]);
    const news = papers.flatMap((paper) => (paper && !this.#papers.has(paper.id) ? [paper] : []));
    const records = await this.#engine.records(news.map(({ id }) => id));
    news.forEach((paper, at) => {
      this.#add(new Draft(paper, records[at]));
    });
  }

  #add(draft: Draft): void {
    if (draft.stored) this.#papers.add(draft.stored.id);
    const [after, before] = [byId(draft.records), byId(draft.recordsBefore)];
    for (const id of idsOf(draft)) {
      const records = after.get(id) ?? [];
      const names = namesIn(records);
      const namesBefore = draft.changed ? namesIn(before.get(id) ?? []) : names;
      const node = { said: { id, records }, draft, names, namesBefore };
      this.#nodes.set(id, node);
      for (const name of namesOf(node)) {
        const holders = this.#holders.get(name) ?? new Set();
        this.#holders.set(name, holders.add(id));
      }
    }
  }
}

/** Those under which it was stored, and those under which it is now. */
function idsOf(draft: Draft): PaperId[] {
  return [...new Set([...draft.recordsBefore, ...draft.records].map(({ paper }) => paper.id))];
}

function byId(records: readonly SourceRecord[]): Map<PaperId, SourceRecord[]> {
  const sorted = new Map<PaperId, SourceRecord[]>();
  for (const record of records) {
    const { id } = record.paper;
    sorted.set(id, [...(sorted.get(id) ?? []), record]);
  }
  return sorted;
}

function namesIn(records: readonly SourceRecord[]): Set<string> {
  return new Set(
    records.flatMap(({ paper }) => {
      const title = tellingTitle(paper);
      const ids = namedIds(paper).map((id) => `id:${id}`);
      return title === undefined ? ids : [...ids, `title:${title}`];
    }),
  );
}

function namesOf(node: Node | undefined): Set<string> {
  return new Set(node ? [...node.names, ...node.namesBefore] : []);
}

function keyFor(name: string): LookupKey {
  const colon = name.indexOf(':');
  return { kind: name.startsWith('id:') ? 'named' : 'title', value: name.slice(colon + 1) };
}
