/**
 * Strings as small integers: each distinct string gets the next ordinal, once and for all. UTF-8 bytes in one
 * blob with an open-addressing hash table beside it: about 20 bytes a string where a Map of strings takes 100.
 */
import { grown } from './grow.ts';

const MAX_BYTES = 4_096;
/** Two slots in three are taken at most: fuller tables are walked too long, emptier ones waste memory. */
const LEAST_SLOTS_A_STRING = 1.5;
const ROOM_TO_GROW = 1.1;
const encoder = new TextEncoder();
const decoder = new TextDecoder();
const scratch = new Uint8Array(MAX_BYTES);

export interface StringTableSections {
  readonly blob: Uint8Array;
  /** ends[i] is where string i ends in the blob; it begins where the one before ends. */
  readonly ends: Uint32Array;
}

export class StringTable {
  #blob: Uint8Array;
  #ends: Uint32Array;
  #size: number;
  /**
   * Ordinal + 1 by hash, 0 for free; the length is a power of two. Made when first needed: a reader never looks up
   * an author by name, and there are more authors than papers.
   */
  #slots = new Uint32Array(0);

  constructor(sections: StringTableSections = { blob: new Uint8Array(0), ends: new Uint32Array(0) }) {
    this.#blob = sections.blob;
    this.#ends = sections.ends;
    this.#size = sections.ends.length;
  }

  get size(): number {
    return this.#size;
  }

  /** The ordinal of a string, given to it now if it has none. Strings beyond 4,096 bytes are cut there. */
  intern(text: string): number {
    const length = encoder.encodeInto(text, scratch).written;
    const slot = this.#find(length);
    const found = this.#slots[slot] ?? 0;
    return found > 0 ? found - 1 : this.#append(length, slot);
  }

  /** The ordinal of a string, or undefined if it was never interned. */
  ordinal(text: string): number | undefined {
    const length = encoder.encodeInto(text, scratch).written;
    const slot = this.#find(length);
    const found = this.#slots[slot] ?? 0;
    return found > 0 ? found - 1 : undefined;
  }

  /** The string of an ordinal below `size`. */
  text(ordinal: number): string {
    return decoder.decode(this.#blob.subarray(this.#start(ordinal), this.#ends[ordinal]));
  }

  /** Does now what the first lookup would have to do: for hundreds of thousands of strings that is noticed. */
  prepareLookups(): void {
    if (this.#slots.length === 0) this.#rehash();
  }

  sections(): StringTableSections {
    return {
      blob: this.#blob.subarray(0, this.#start(this.#size)),
      ends: this.#ends.subarray(0, this.#size),
    };
  }

  #start(ordinal: number): number {
    return ordinal === 0 ? 0 : (this.#ends[ordinal - 1] ?? 0);
  }

  /** The slot that holds the string in `scratch`, or the free slot where it belongs. */
  #find(length: number): number {
    this.prepareLookups();
    const mask = this.#slots.length - 1;
    let slot = hash(scratch, 0, length) & mask;
    for (;;) {
      const entry = this.#slots[slot] ?? 0;
      if (entry === 0 || this.#equals(entry - 1, length)) return slot;
      slot = (slot + 1) & mask;
    }
  }

  #equals(ordinal: number, length: number): boolean {
    const start = this.#start(ordinal);
    if ((this.#ends[ordinal] ?? 0) - start !== length) return false;
    for (let at = 0; at < length; at++) if (this.#blob[start + at] !== scratch[at]) return false;
    return true;
  }

  #append(length: number, slot: number): number {
    const ordinal = this.#size++;
    const start = this.#start(ordinal);
    this.#blob = grown(this.#blob, start + length);
    this.#ends = grown(this.#ends, this.#size);
    this.#blob.set(scratch.subarray(0, length), start);
    this.#ends[ordinal] = start + length;
    this.#slots[slot] = ordinal + 1;
    if (this.#size * LEAST_SLOTS_A_STRING > this.#slots.length) this.#rehash();
    return ordinal;
  }

  #rehash(): void {
    let length = 64;
    while (length < this.#size * LEAST_SLOTS_A_STRING * ROOM_TO_GROW) length *= 2;
    this.#slots = new Uint32Array(length);
    for (let ordinal = 0; ordinal < this.#size; ordinal++) {
      let slot = hash(this.#blob, this.#start(ordinal), this.#ends[ordinal] ?? 0) & (length - 1);
      while (this.#slots[slot] !== 0) slot = (slot + 1) & (length - 1);
      this.#slots[slot] = ordinal + 1;
    }
  }
}

/** FNV-1a over bytes [start, end), with a last mix because its low bits alone spread poorly. */
function hash(bytes: Uint8Array, start: number, end: number): number {
  let value = 0x811c9dc5;
  for (let at = start; at < end; at++) value = Math.imul(value ^ (bytes[at] ?? 0), 0x01000193);
  return (value ^ (value >>> 15)) >>> 0;
}
