/** The papers a first start finds: put into the index when there is nothing in it but them. */
import { resolve } from 'node:path';
import { addFiles } from './add-files.ts';
import { renderReport } from './add-output.ts';
import type { Scene } from './open-model.ts';
import { withReader } from './opening.ts';

/**
 * Adds the sample when there is no index yet, and goes on with it when an earlier start was stopped in the middle.
 * An index that holds anything else is left alone.
 */
export async function addSample(sample: string, scene: Scene): Promise<void> {
  if (!(await isSampleWanted(sample, scene))) return;
  const { stderr } = scene.io;
  stderr.write(`There is no index yet: adding the papers of ${sample}.\n`);
  stderr.write(`${renderReport(await addFiles([sample], scene))}\n`);
}

async function isSampleWanted(sample: string, scene: Scene): Promise<boolean> {
  const { hasIndex } = await import('../engine/embedded/index-folder.ts');
  if (!hasIndex(resolve(scene.settings.index))) return true;
  return withReader(scene, async (reader) => {
    const { papers, embedded } = await reader.status();
    if (papers > 0 && papers === embedded) return false;
    const known = await reader.get(await idsIn(sample));
    return known.filter(Boolean).length === papers;
  });
}

async function idsIn(file: string): Promise<string[]> {
  const { readPapers } = await import('../ingest/open-source.ts');
  const ids = new Set<string>();
  for await (const row of readPapers(file)) if ('paper' in row) ids.add(row.paper.id);
  return [...ids];
}
