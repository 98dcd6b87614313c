/**
 * The answers of two E-utilities: how many articles a search finds and under which name the service keeps them, and
 * the articles. Source: https://www.ncbi.nlm.nih.gov/books/NBK25499/
 */
import { AppError } from '../fault/app-error.ts';
import type { AskOptions, PoliteAnswer } from '../http/polite-client.ts';
import { TransientFault } from '../http/transient-fault.ts';
import { readPubmed } from '../ingest/pubmed.ts';
import type { Row } from '../ingest/row.ts';
import { dayOfHeader } from './calendar.ts';
import { undamaged } from './source-row.ts';

export interface PubmedFound {
  readonly count: number;
  /** What the service keeps the result under, for some hours. */
  readonly environment: string;
  readonly key: string;
  /** Words of the question that it does not know. */
  readonly unknown: readonly string[];
  /** By its own clock; undefined where it does not tell. */
  readonly today: string | undefined;
}

/** A set of articles, or the service's own words why there is none. */
export type PubmedSet = { readonly text: string; readonly isDamaged: boolean } | { readonly refusal: string };

const WHOLE = /<\/Pubmed(?:Book)?ArticleSet>\s*$/;
const [REFUSAL, REFUSAL_END] = ['<ERROR>', '</ERROR>'];
/** PubMed has a document type that says where its rules are, and never one with entities. */
const OWN_ENTITIES = /<!DOCTYPE[^>[]*\[/;
const PROLOGUE_LENGTH = 4_096;
const MOST_WORDS = 200;

/** Throws a TransientFault for what is no such answer, and for a search that failed: it may not the next time. */
export function readFound(answer: PoliteAnswer): PubmedFound {
  const result = objectIn(parse(answer), 'esearchresult');
  const { count, webenv, querykey, ERROR } = result;
  if (typeof ERROR === 'string')
    throw new TransientFault(`PubMed cannot search: ${ERROR.slice(0, MOST_WORDS)}`);
  const found = Number(count);
  if (typeof webenv !== 'string' || !Number.isSafeInteger(found)) {
    throw new TransientFault(`${answer.address} does not answer with what a search found`);
  }
  const { phrasesnotfound } = objectIn(result, 'errorlist');
  const unknown = Array.isArray(phrasesnotfound) ? phrasesnotfound.map(String) : [];
  const today = dayOfHeader(answer.header('date'));
  return { count: found, environment: webenv, key: String(querykey), unknown, today };
}

/** Throws SOURCE_FAILED for a document type with entities, a TransientFault for what is no such answer. */
export function readSet(answer: PoliteAnswer): PubmedSet {
  const { text, isDamaged } = answer.text();
  if (OWN_ENTITIES.test(text.slice(0, PROLOGUE_LENGTH))) {
    throw new AppError('SOURCE_FAILED', {
      message: `${answer.address} answers with a document type of its own, which is not read`,
    });
  }
  if (WHOLE.test(text)) return { text, isDamaged };
  const start = text.indexOf(REFUSAL);
  const end = text.indexOf(REFUSAL_END, start);
  if (start >= 0 && end >= 0)
    return { refusal: text.slice(start + REFUSAL.length, end).slice(0, MOST_WORDS) };
  throw new TransientFault(`${answer.address} does not answer with whole articles (${answer.status})`);
}

/** How a key is sent along. */
export function secretsOf(key: string | undefined): Pick<AskOptions, 'secrets'> {
  return key === undefined ? {} : { secrets: { parameters: { api_key: key } } };
}

/** `after` rows came before these in the harvest `file`. */
export async function rowsIn(
  { text, isDamaged }: Extract<PubmedSet, { readonly text: string }>,
  { file, after }: { readonly file: string; readonly after: number },
): Promise<Row[]> {
  const rows: Row[] = [];
  for await (const row of readPubmed(chunksOf(text), file)) {
    rows.push(undamaged({ ...row, place: { file, line: after + rows.length + 1 } }, { isDamaged }));
  }
  return rows;
}

async function* chunksOf(text: string): AsyncGenerator<Buffer> {
  yield Buffer.from(text);
}

function parse({ address, text }: PoliteAnswer): unknown {
  try {
    return JSON.parse(text().text);
  } catch (cause) {
    throw new TransientFault(`${address} does not answer with whole JSON`, { cause });
  }
}

function objectIn(value: unknown, key: string): Readonly<Record<string, unknown>> {
  const inner =
    typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[key] : undefined;
  return typeof inner === 'object' && inner !== null ? (inner as Record<string, unknown>) : {};
}
