/** Another model for the index: what `rebuild --model` does. */
import { resolve } from 'node:path';
import { type AtWork, atWork } from './at-work.ts';
import { openModel, type Scene } from './open-model.ts';
import { withReader } from './opening.ts';
import { packageVersion } from './package-version.ts';

/**
 * The number of papers embedded in this run; undefined where the vectors are those of the model already, and nothing
 * was done. INDEX_MISSING before the model is fetched, INDEX_LOCKED, INTERRUPTED.
 */
export async function reembed(
  scene: Scene,
  { waitMs }: { readonly waitMs: number },
): Promise<number | undefined> {
  const { io, settings } = scene;
  const stored = await withReader(scene, async (reader) => reader.space);
  const { embedder, space } = await openModel(scene);
  try {
    if (space.fingerprint === stored.fingerprint) {
      io.stderr.write(`The papers are embedded with ${space.name} already.\n`);
      return undefined;
    }
    const { openReembedding } = await import('../engine/embedded/reembedding.ts');
    const { reembedPapers } = await import('../indexer/reembed-papers.ts');
    const dir = resolve(settings.index);
    const run = async (work: AtWork) => {
      const onNotice = (notice: string) => io.stderr.write(`${notice}\n`);
      const target = await openReembedding({
        dir,
        space,
        waitMs,
        pharos: packageVersion(),
        onNotice,
        ...work,
      });
      const sizes = { concurrency: settings.threads + 1 };
      return reembedPapers({ target, embedder, sizes, ...work }).finally(() => target.close());
    };
    return await atWork(io, run, { notedIn: dir });
  } finally {
    await embedder.close();
  }
}
