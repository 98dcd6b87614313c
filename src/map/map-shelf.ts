/** The map that a server shows: read when it is first asked for, and again when another was put in its place. */
import { stat } from 'node:fs/promises';
import { AppError } from '../fault/app-error.ts';
import { mapPath, readMap } from './map-file.ts';
import type { PaperMap } from './paper-map.ts';

export class MapShelf {
  readonly #dir: string;
  #seal = '';
  #map: Promise<PaperMap> | undefined;

  constructor(dir: string) {
    this.#dir = dir;
  }

  /** `index` names the index that is served. MAP_UNAVAILABLE where there is no map, a torn one, or one of another index. */
  async read(index: string): Promise<PaperMap> {
    const stats = await stat(mapPath(this.#dir)).catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return undefined;
      throw error;
    });
    const seal = stats ? `${stats.ino} ${stats.size} ${stats.mtimeMs}` : '';
    if (!this.#map || seal !== this.#seal) {
      this.#seal = seal;
      this.#map = readMap(this.#dir);
      // Whoever asked is told; one that fails is tried again with the next question.
      this.#map.catch(() => {
        this.#map = undefined;
      });
    }
    const map = await this.#map;
    if (map.head.index !== index) {
      throw new AppError('MAP_UNAVAILABLE', { message: 'The map was made of other vectors than these' });
    }
    return map;
  }
}
