/** What a backup asks of the engine. */

/** INDEX_MISSING, INDEX_INCOMPATIBLE, INDEX_DAMAGED for what is no index of papers that this Pharos reads. */
export async function countStoredPapers(folder: string): Promise<number> {
  const { openEmbeddedReader } = await import('../engine/embedded/open.ts');
  const reader = await openEmbeddedReader({ dir: folder });
  return reader
    .status()
    .then(({ papers }) => papers)
    .finally(() => reader.close());
}

/** The manifest without the snapshot, which stays behind. */
export async function manifestOfCopy(dir: string): Promise<{ readonly manifest?: string }> {
  const { readableManifest } = await import('../engine/embedded/manifest.ts');
  const manifest = readableManifest(dir);
  return manifest ? { manifest: `${JSON.stringify({ ...manifest, snapshot: null }, null, 2)}\n` } : {};
}
