/**
 * What was fetched into a model folder: where it came from and the hash of every file. It is written when all of
 * them are there and are what the hub said they are, so a folder that has one is whole, and it goes with the folder
 * when that is copied to another machine.
 */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { AppError } from '../fault/app-error.ts';

export const RECORD_FILE = 'pharos-model.json';

const recordSchema = z.object({
  /** The name of the preset, or `owner/name`. */
  name: z.string().min(1),
  hubId: z.string().min(1),
  /** The commit, where the hub told it. */
  revision: z.string().min(1),
  files: z.record(
    z.string(),
    z.object({ bytes: z.number().int().nonnegative(), sha256: z.string().regex(/^[0-9a-f]{64}$/) }),
  ),
});

export type ModelRecord = z.infer<typeof recordSchema>;

/** Undefined where a folder was not fetched; MODEL_FAILED where its record cannot be read. */
export async function readModelRecord(folder: string): Promise<ModelRecord | undefined> {
  const path = join(folder, RECORD_FILE);
  try {
    return recordSchema.parse(JSON.parse(await readFile(path, 'utf8')));
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw new AppError(
      'MODEL_FAILED',
      {
        message: `${path} cannot be read as the record of a fetched model`,
        remedy: 'Delete the folder and run `pharos models fetch` again.',
      },
      { cause },
    );
  }
}
