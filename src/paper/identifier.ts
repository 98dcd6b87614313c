/**
 * Recognises the ways in which people and programs name a paper: arXiv ids, DOIs, ACL Anthology ids and PubMed
 * numbers, bare, prefixed or as an address; a PubMed number is never bare. Works on whole strings: an id among other words is a question, not a name.
 */
import { parseArxivId } from './arxiv-id.ts';
import { parseDoi } from './doi.ts';
import type { PaperId } from './paper.ts';

export interface Identifier {
  readonly kind: 'arxiv' | 'doi' | 'acl' | 'pmid';
  readonly id: PaperId;
  readonly version?: number;
}

const ARXIV_DOI = '10.48550/arxiv.';
const ARXIV_PREFIX = /^arxiv\s*[:.\s]\s*/i;
/** The stamp on the first page: `arXiv:1706.03762v5 [cs.CL]`. */
const SUBJECT = /\s+\[[a-z-]+(?:\.[a-z-]+)?\]$/i;
const OPENING = /^[<("'“‘«[\s]+/;
const CLOSING = /[>)"'”’»\].,;:!?\s]+$/;

const ARXIV_ADDRESS =
  /^(?:https?:\/\/)?(?:(?:[a-z]+\.)?arxiv\.org|(?:www\.)?alphaxiv\.org|ar5iv(?:\.labs\.arxiv)?\.org)\/(?:abs|pdf|html|format|ps|src|e-print|overview)\/([^?#]+)/i;
const HUGGING_FACE_ADDRESS = /^(?:https?:\/\/)?(?:www\.)?(?:huggingface\.co|hf\.co)\/papers\/([^?#]+)/i;
const ACL_ADDRESS =
  /^(?:https?:\/\/)?(?:(?:www\.)?aclanthology\.(?:org|info)(?:\/papers)?|(?:www\.)?aclweb\.org\/anthology(?:\/papers)?)\/([^/?#]+)/i;
const PUBMED_ADDRESS =
  /^(?:https?:\/\/)?(?:pubmed\.ncbi\.nlm\.nih\.gov|(?:www\.)?ncbi\.nlm\.nih\.gov\/pubmed)\/([1-9]\d{0,8})(?:[/?#]|$)/i;
const FILE_ENDING = /(?:\.pdf|\.bib)?\/*$/i;

const PMID = /^pmid\s*:?\s*([1-9]\d{0,8})$/i;
const ACL_PREFIX = /^acl\s*:\s*/i;
const ACL_NEW = /^(\d{4}\.[a-z0-9_]+-[a-z0-9_]+\.\d+)(?:v([1-9]\d?))?$/i;
const ACL_OLD = /^([a-z]\d{2}-\d{4})(?:v([1-9]\d?))?$/i;

/** Longer texts are never a name; it keeps the patterns off pasted abstracts. */
const MAX_LENGTH = 2_048;

/** What `text` names, in canonical form, or undefined. White space and punctuation around it do not matter. */
export function parseIdentifier(text: string): Identifier | undefined {
  if (text.length > MAX_LENGTH) return undefined;
  const name = text.trim().replace(OPENING, '');
  return parseName(name) ?? parseName(name.replace(CLOSING, ''));
}

function parseName(name: string): Identifier | undefined {
  return (
    arxiv(name.replace(ARXIV_PREFIX, '').replace(SUBJECT, '')) ??
    address(name) ??
    doi(name) ??
    acl(name.replace(ACL_PREFIX, '')) ??
    pmid(PMID.exec(name)?.[1])
  );
}

function address(text: string): Identifier | undefined {
  const atArxiv = (ARXIV_ADDRESS.exec(text) ?? HUGGING_FACE_ADDRESS.exec(text))?.[1];
  if (atArxiv !== undefined) return arxiv(atArxiv.replace(FILE_ENDING, ''));
  const atAcl = ACL_ADDRESS.exec(text)?.[1];
  if (atAcl !== undefined) return acl(atAcl.replace(FILE_ENDING, ''));
  return pmid(PUBMED_ADDRESS.exec(text)?.[1]);
}

function arxiv(text: string): Identifier | undefined {
  const found = parseArxivId(text);
  return found && { kind: 'arxiv', ...found };
}

/** arXiv registers a DOI for every paper; the paper is known by its arXiv id all the same. */
function doi(text: string): Identifier | undefined {
  const id = parseDoi(text);
  if (id === undefined) return undefined;
  const registered = id.startsWith(ARXIV_DOI) ? arxiv(id.slice(ARXIV_DOI.length)) : undefined;
  return registered ?? { kind: 'doi', id };
}

/** Ids since 2020 are lower case, those before begin with a capital. */
function acl(text: string): Identifier | undefined {
  const recent = ACL_NEW.exec(text);
  const match = recent ?? ACL_OLD.exec(text);
  if (!match?.[1]) return undefined;
  const id = recent ? match[1].toLowerCase() : match[1].toUpperCase();
  return match[2] === undefined ? { kind: 'acl', id } : { kind: 'acl', id, version: Number(match[2]) };
}

/** A number alone may be anything, so the prefix is part of the id. */
function pmid(number: string | undefined): Identifier | undefined {
  return number === undefined ? undefined : { kind: 'pmid', id: `pmid:${number}` };
}
