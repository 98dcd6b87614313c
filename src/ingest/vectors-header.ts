/**
 * The small JSON file beside a file of vectors: how many there are, in what form, and which model made them. It is
 * written last, so a file of vectors without one is not finished.
 */
import { join, parse as splitPath } from 'node:path';
import { z } from 'zod';

export type VectorType = 'float16' | 'float32';

const BYTES_PER_VALUE: Readonly<Record<VectorType, number>> = { float16: 2, float32: 4 };

/** More may be said of the model and the corpus; it is kept. */
export const vectorsHeaderSchema = z.looseObject({
  rows: z.int().min(0),
  dimensions: z.int().min(1).max(65_536),
  type: z.enum(['float16', 'float32']),
  byteOrder: z.literal('little').default('little'),
  model: z.looseObject({ name: z.string().min(1), fingerprint: z.string().optional() }),
  corpus: z.looseObject({ file: z.string().optional(), sha256: z.string().optional() }).optional(),
  /** Of the file of vectors, in hex. */
  sha256: z.string().optional(),
});

export type VectorsHeader = z.infer<typeof vectorsHeaderSchema>;

/** `vectors/arxiv.f16` -> `vectors/arxiv.json` */
export function headerPathOf(vectorsPath: string): string {
  const { dir, name } = splitPath(vectorsPath);
  return join(dir, `${name}.json`);
}

export function rowBytesOf({ dimensions, type }: Pick<VectorsHeader, 'dimensions' | 'type'>): number {
  return dimensions * BYTES_PER_VALUE[type];
}
