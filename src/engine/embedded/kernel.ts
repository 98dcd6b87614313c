/** Loads the WebAssembly of kernel.wat over a memory; what each function does is said there. */
import { KERNEL_BASE64 } from './kernel.generated.ts';

export interface KernelMemory {
  /** Replaced by `grow`: views over it must be made anew. */
  readonly buffer: ArrayBuffer;
  /** Adds pages of 64 KiB. */
  grow(pages: number): number;
}

/** Arguments that are not counts, docIds or numbers to compute with are byte offsets into the memory. */
export interface Kernel {
  readonly memory: KernelMemory;
  dotMany(query: number, codes: number, dimensions: number, ids: number, count: number, sums: number): void;
  addPostings(at: number, end: number, factor: number, scores: number, norms: number): void;
  collect(
    from: number,
    to: number,
    threshold: number,
    scores: number,
    allowed: number,
    found: number,
  ): [found: number, total: number];
}

// Node has WebAssembly; its type declarations leave out the constructors.
interface WebAssemblyApi {
  readonly Module: new (bytes: Uint8Array) => object;
  readonly Memory: new (limits: { initial: number; maximum: number }) => KernelMemory;
  readonly Instance: new (module: object, imports: object) => { readonly exports: Omit<Kernel, 'memory'> };
}

const PAGE_BYTES = 65_536;
const MAX_PAGES = 65_536;
const SLACK = 1.1;

const { Instance, Memory, Module } = (globalThis as unknown as { WebAssembly: WebAssemblyApi }).WebAssembly;
const compiled = new Module(Buffer.from(KERNEL_BASE64, 'base64'));

/** The kernel over a memory of its own, of at least `bytes`. */
export function createKernel(bytes: number): Kernel {
  const memory = new Memory({ initial: Math.ceil(bytes / PAGE_BYTES), maximum: MAX_PAGES });
  return { ...new Instance(compiled, { pharos: { memory } }).exports, memory };
}

/** Makes the memory at least `bytes` large, with a tenth to spare: untouched pages cost no memory. At most 4 GiB. */
export function reserveBytes({ memory }: Kernel, bytes: number): void {
  const missing = bytes - memory.buffer.byteLength;
  if (missing <= 0) return;
  const room = MAX_PAGES - memory.buffer.byteLength / PAGE_BYTES;
  memory.grow(
    Math.max(
      Math.ceil(missing / PAGE_BYTES),
      Math.min(Math.ceil((bytes * SLACK - bytes) / PAGE_BYTES), room),
    ),
  );
}
