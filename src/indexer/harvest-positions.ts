/**
 * Where the harvests of an index stand: one small JSON file in its folder, replaced as a whole. A position is written
 * when the papers before it are durable, so after a crash some are asked for again and none is missed.
 */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { replaceFile } from './replace-file.ts';

const schema = z.object({
  version: z.literal(1),
  positions: z.record(z.string(), z.string()),
});

const FILE = 'harvests.json';

export class HarvestPositions {
  readonly #path: string;

  /** Of the index in this folder. */
  constructor(dir: string) {
    this.#path = join(dir, FILE);
  }

  /** Undefined where nothing was harvested under this key, or the file says nothing that can be read. */
  async get(key: string): Promise<string | undefined> {
    return (await this.#read())[key];
  }

  /** Only whoever writes to the index may call it. */
  async set(key: string, position: string): Promise<void> {
    const positions = { ...(await this.#read()), [key]: position };
    await replaceFile(this.#path, `${JSON.stringify({ version: 1, positions }, null, 2)}\n`);
  }

  async #read(): Promise<Readonly<Record<string, string>>> {
    try {
      const { data } = schema.safeParse(JSON.parse(await readFile(this.#path, 'utf8')));
      return data?.positions ?? {};
    } catch (error) {
      const isAbsent = (error as NodeJS.ErrnoException).code === 'ENOENT';
      if (isAbsent || error instanceof SyntaxError) return {};
      throw error;
    }
  }
}
