/** Every source by its name. Each is loaded when it is wanted; `--help` must not wait for parsers. */
import { AppError } from '../fault/app-error.ts';
import type { Source } from './source.ts';

const SOURCES: Readonly<Record<string, () => Promise<Source>>> = {
  arxiv: async () => (await import('./arxiv.ts')).arxiv,
  'arxiv-oai': async () => (await import('./arxiv-oai.ts')).arxivOai,
  pubmed: async () => (await import('./pubmed.ts')).pubmed,
  acl: async () => (await import('./acl.ts')).acl,
  feed: async () => (await import('./feed.ts')).feed,
  zotero: async () => (await import('./zotero.ts')).zotero,
  'hf-daily': async () => (await import('./hf-daily.ts')).hfDaily,
  s2: async () => (await import('./s2.ts')).s2,
  openalex: async () => (await import('./openalex.ts')).openalex,
  crossref: async () => (await import('./crossref.ts')).crossref,
  dblp: async () => (await import('./dblp.ts')).dblp,
};

export const SOURCE_NAMES: readonly string[] = Object.keys(SOURCES);

export interface SourceSpec {
  readonly name: string;
  readonly target: string;
}

/** `arxiv:cs.CL` as a source and its target; undefined where what stands before the colon names none. */
export function parseSourceSpec(text: string): SourceSpec | undefined {
  const at = text.indexOf(':');
  const name = text.slice(0, Math.max(0, at)).toLowerCase();
  return Object.hasOwn(SOURCES, name) ? { name, target: text.slice(at + 1).trim() } : undefined;
}

/** Throws INPUT_INVALID for a name that is none. */
export async function openSource(name: string): Promise<Source> {
  const load = Object.hasOwn(SOURCES, name) ? SOURCES[name] : undefined;
  if (load) return load();
  throw new AppError('INPUT_INVALID', {
    message: `${name} is not a source of papers`,
    remedy: `Name one of ${SOURCE_NAMES.join(', ')}.`,
  });
}
