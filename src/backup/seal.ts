/** `backup.json`, the first file of a backup: what is in it, so that one which is torn or changed is known for that. */
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { z } from 'zod';

const VERSION = 1;

export const sealSchema = z.strictObject({
  format: z.literal('pharos-backup'),
  version: z.literal(VERSION),
  /** The version of Pharos that made it. */
  pharos: z.string(),
  created: z.iso.datetime(),
  papers: z.int().min(0),
  files: z.array(
    z.strictObject({
      name: z.string(),
      bytes: z.int().min(0),
      sha256: z.string().regex(/^[0-9a-f]{64}$/),
    }),
  ),
});

export type Seal = z.infer<typeof sealSchema>;
export type SealedFile = Seal['files'][number];

export function newSeal(facts: Pick<Seal, 'pharos' | 'papers' | 'files'>): Seal {
  return { format: 'pharos-backup', version: VERSION, created: new Date().toISOString(), ...facts };
}

export async function sealedFile(path: string, name: string): Promise<SealedFile> {
  const hash = createHash('sha256');
  let bytes = 0;
  for await (const chunk of createReadStream(path) as AsyncIterable<Buffer>) {
    hash.update(chunk);
    bytes += chunk.length;
  }
  return { name, bytes, sha256: hash.digest('hex') };
}
