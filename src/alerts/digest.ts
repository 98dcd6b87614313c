/** The news of one alert, as one message carries them. Kept as JSON until it is delivered, so a second try says the same. */
import type { PaperId } from '../paper/paper.ts';
import { publicAddress } from '../paper/paper-address.ts';
import type { Hit } from '../search/answer.ts';
import type { ListName } from './alert.ts';

export interface DigestPaper {
  readonly id: PaperId;
  readonly title: string;
  readonly authors: readonly string[];
  /** How many there are, where more than are named. */
  readonly authorCount?: number;
  readonly published?: string;
  readonly venue?: string;
  readonly url?: string;
  /** Cosine of question and paper; null where none was measured, as by words alone. */
  readonly similarity: number | null;
  /** The sentence that answers best; null where there is none. */
  readonly passage: string | null;
}

export interface Digest {
  /** The question is empty where the alert follows a list. */
  readonly alert: { readonly id: string; readonly question: string; readonly list?: ListName };
  /** When it was made, ISO 8601 in UTC. */
  readonly created: string;
  /** 1-based: of so many parts of one run. */
  readonly part: number;
  readonly parts: number;
  /** The nearest first. */
  readonly papers: readonly DigestPaper[];
}

const MOST_AUTHORS = 20;

export function toDigestPaper({ paper, match }: Pick<Hit, 'paper' | 'match'>): DigestPaper {
  const { id, title, authors, published, venue } = paper;
  const authorCount = Math.max(authors.length, paper.authorCount ?? 0);
  const url = publicAddress(paper);
  return {
    id,
    title,
    authors: authors.slice(0, MOST_AUTHORS),
    ...(authorCount > Math.min(authors.length, MOST_AUTHORS) && { authorCount }),
    ...(published !== undefined && { published }),
    ...(venue !== undefined && { venue }),
    ...(url !== undefined && { url }),
    similarity: match.similarity,
    passage: match.passage?.text ?? null,
  };
}

/** The papers in parts of at most `limit`. */
export function digestsOf(
  papers: readonly DigestPaper[],
  {
    alert,
    limit,
    nowMs,
  }: { readonly alert: Digest['alert']; readonly limit: number; readonly nowMs: number },
): Digest[] {
  const { id, question, list } = alert;
  const told = { id, question, ...(list !== undefined && { list }) };
  const parts = Math.ceil(papers.length / limit);
  const created = new Date(nowMs).toISOString();
  return Array.from({ length: parts }, (_, at) => ({
    ...{ alert: told, created, part: at + 1, parts },
    papers: papers.slice(at * limit, (at + 1) * limit),
  }));
}
