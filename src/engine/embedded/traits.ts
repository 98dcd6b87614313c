/** What facets and filters ask of a paper beside its columns: where it is kept, and whether it has code. A byte each. */
import type { Paper } from '../../paper/paper.ts';
import { SOURCES, type Source, sourceOf } from '../../paper/source.ts';
import type { DocId } from '../ranking.ts';
import { grown } from './grow.ts';

/** The place of the source in SOURCES. */
const SOURCE_BITS = 0b11;
const CODE_BIT = 0b100;

export class Traits {
  #bytes: Uint8Array;
  #length: number;

  constructor(bytes: Uint8Array = new Uint8Array(0)) {
    this.#bytes = bytes;
    this.#length = bytes.length;
  }

  set(docId: DocId, paper: Paper): void {
    this.#bytes = grown(this.#bytes, docId + 1);
    this.#bytes[docId] = SOURCES.indexOf(sourceOf(paper)) | (paper.code === undefined ? 0 : CODE_BIT);
    this.#length = Math.max(this.#length, docId + 1);
  }

  sourceOf(docId: DocId): Source {
    return SOURCES[this.sourceAt(docId)] ?? 'other';
  }

  /** The source as its place in SOURCES. */
  sourceAt(docId: DocId): number {
    return (this.#bytes[docId] ?? 0) & SOURCE_BITS;
  }

  hasCode(docId: DocId): boolean {
    return ((this.#bytes[docId] ?? 0) & CODE_BIT) !== 0;
  }

  /** Keeps in `allowed` the papers of the sources. */
  keepSources(sources: readonly Source[], allowed: Uint8Array): void {
    for (let docId = 0; docId < allowed.length; docId++) {
      if (allowed[docId] === 1 && !sources.includes(this.sourceOf(docId))) allowed[docId] = 0;
    }
  }

  bytes(length: number): Uint8Array {
    return grown(this.#bytes, length).subarray(0, length);
  }
}
