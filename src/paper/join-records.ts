/**
 * Which ids are one paper. Everything is decided by what sources say under each id and by nothing else, so the order
 * in which they said it cannot matter. A false join hides a paper, a missing one shows it twice, so whatever is only
 * probable stays apart. Why so: docs/decisions/joining.md.
 */
import type { SourceRecord } from './merge-records.ts';
import type { Paper, PaperId } from './paper.ts';
import { compareIds, idKind, namedIds } from './paper-names.ts';
import { sameWork } from './same-work.ts';
import { hasTellingText } from './text-sketch.ts';

const CORRECTION =
  /\b(?:errat(?:um|a)|corrigend(?:um|a)|correction|addendum|retract(?:ion|ed)|withdrawn|comments? on|repl(?:y|ies) to|response to)\b/i;
/** Titles under which the same people write again and again; only abstracts tell those apart. */
const STANDING =
  /^(?:(?:guest )?editorial|preface|foreword|afterword|introduction to|book review|obituary|in memoriam|letters? to|(?:front|back) matter|table of contents)\b|\bspecial (?:issue|section)\b/i;

/** All that is said under one id; at least one record. */
export interface SaidOfId {
  readonly id: PaperId;
  readonly records: readonly SourceRecord[];
}

/** In the order of what they prove. */
const REASONS = ['id', 'doi', 'title'] as const;
export type TieReason = (typeof REASONS)[number];

/** Two ids that are one paper as far as they alone are concerned. */
export interface Tie {
  readonly ids: readonly [PaperId, PaperId];
  readonly by: TieReason;
}

/** The strongest reason why the two are one paper; undefined where they are not known to be. Symmetric. */
export function tieBetween(a: SaidOfId, b: SaidOfId): Tie | undefined {
  if (haveRivalIds([a], [b])) return undefined;
  const reasons = a.records.flatMap(({ paper }) =>
    b.records.flatMap((other) => reasonFor(paper, other.paper) ?? []),
  );
  const by = REASONS.find((reason) => reasons.includes(reason));
  if (by === undefined || (by === 'title' && haveRivalNames([a], [b]))) return undefined;
  return { ids: compareIds(a.id, b.id) < 0 ? [a.id, b.id] : [b.id, a.id], by };
}

/**
 * The ids as papers: ties are followed strongest first, then by the ids, and one that would bring together what
 * somebody tells apart is not followed. Papers stand in the order of their first ids here, the preferred id first.
 */
export function joinedByTies(said: readonly SaidOfId[], ties: readonly Tie[]): SaidOfId[][] {
  const groupOf = new Map(said.map((one): [PaperId, SaidOfId[]] => [one.id, [one]]));
  for (const { ids, by } of ties.toSorted(compareTies)) {
    const [one, other] = [groupOf.get(ids[0]), groupOf.get(ids[1])];
    if (!(one && other) || one === other || haveRivalIds(one, other)) continue;
    if (by === 'title' && haveRivalNames(one, other)) continue;
    const joined = [...one, ...other].sort((a, b) => compareIds(a.id, b.id));
    for (const { id } of joined) groupOf.set(id, joined);
  }
  return [...new Set(groupOf.values())];
}

/** Near texts are no reason: they fold at search time. */
function reasonFor(a: Paper, b: Paper): TieReason | undefined {
  if (CORRECTION.test(a.title) !== CORRECTION.test(b.title)) return undefined;
  const reason = sameWork(a, b);
  if (reason === 'title' && STANDING.test(a.title) && !areToldByText(a, b)) return undefined;
  return reason === 'text' ? undefined : reason;
}

function areToldByText(a: Paper, b: Paper): boolean {
  return hasTellingText(a.abstract) && hasTellingText(b.abstract);
}

/**
 * Whoever gives out ids says by two of them that there are two papers: arXiv, the publishers with their DOIs, the
 * ACL Anthology, and every source with ids of its own.
 */
function haveRivalIds(a: readonly SaidOfId[], b: readonly SaidOfId[]): boolean {
  return a.some((one) =>
    b.some((other) => {
      const kind = idKind(one.id);
      if (kind === 'title' || one.id === other.id || kind !== idKind(other.id)) return false;
      return kind !== 'other' || one.records.some(({ source }) => isSourceOf(other, source));
    }),
  );
}

function isSourceOf({ records }: SaidOfId, source: string): boolean {
  return records.some((record) => record.source === source);
}

/** A title proves nothing for papers that name other DOIs, or other ids of one kind. */
function haveRivalNames(a: readonly SaidOfId[], b: readonly SaidOfId[]): boolean {
  const [mine, theirs] = [namesOf(a), namesOf(b)];
  return (['arxiv', 'doi', 'acl'] as const).some((kind) => {
    const [one, other] = [mine, theirs].map((names) => names.filter((name) => idKind(name) === kind));
    return one?.length && other?.length && !one.some((name) => other.includes(name));
  });
}

function namesOf(said: readonly SaidOfId[]): PaperId[] {
  return said.flatMap(({ records }) => records.flatMap(({ paper }) => namedIds(paper)));
}

function compareTies(a: Tie, b: Tie): number {
  return (
    REASONS.indexOf(a.by) - REASONS.indexOf(b.by) ||
    compareIds(a.ids[0], b.ids[0]) ||
    compareIds(a.ids[1], b.ids[1])
  );
}
