/** What the stages of the house are called; a stage that is not here goes by its own name. */
const STAGE_NAMES: Readonly<Record<string, string>> = {
  store: 'Reading papers',
  embed: 'Embedding papers',
  checkpoint: 'Writing the snapshot',
  snapshot: 'Writing the snapshot',
  words: 'Indexing words',
  vectors: 'Indexing vectors',
  verify: 'Checking',
  export: 'Exporting papers',
  check: 'Checking the vectors',
  fetch: 'Fetching',
  evaluate: 'Asking the queries',
  'map-neighbours': 'Finding neighbours',
  'map-layout': 'Laying out the map',
  'map-place': 'Placing papers',
  'map-name': 'Naming regions',
};

export function stageName(stage: string): string {
  return STAGE_NAMES[stage] ?? stage;
}
