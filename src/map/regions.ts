/** Where on the map which subject lies: the landmarks in groups by their places, each with its most telling words. */
import { themeWords } from '../discover/theme-words.ts';
import type { EngineReader } from '../engine/engine.ts';
import type { DocId } from '../engine/ranking.ts';
import type { MapRegion } from './paper-map.ts';

/** As many names as fit into the picture. */
const MOST_REGIONS = 24;
const FEWEST_IN_A_REGION = 12;
const ROUNDS = 20;
/** Of each region so many papers are read for its words, those nearest to its middle. */
const READ = 12;

interface Place {
  readonly x: number;
  readonly y: number;
}

export interface PlacedPaper extends Place {
  readonly docId: DocId;
}

/** Without the counts, which are of all papers; see `countRegions`. */
export async function findRegions(
  engine: Pick<EngineReader, 'statistics' | 'papers'>,
  landmarks: readonly PlacedPaper[],
): Promise<MapRegion[]> {
  const centres = spreadCentres(landmarks);
  const nearest = centres.map((centre) =>
    landmarks
      .map(({ docId, x, y }) => ({ docId, away: (x - centre.x) ** 2 + (y - centre.y) ** 2 }))
      .sort((a, b) => a.away - b.away)
      .slice(0, READ)
      .map(({ docId }) => docId),
  );
  const texts = await Promise.all(
    nearest.map(async (docIds) =>
      (await engine.papers(docIds)).flatMap((paper) => (paper ? `${paper.title}\n${paper.abstract}` : [])),
    ),
  );
  const words = await themeWords(engine, texts);
  return centres
    .map(({ x, y }, at) => ({ words: words[at] ?? [], x: Math.round(x), y: Math.round(y), papers: 0 }))
    .filter((region) => region.words.length > 0);
}

/** Every place belongs to the nearest region. The largest first; those of no paper are left out. */
export function countRegions(regions: readonly MapRegion[], places: readonly Place[]): MapRegion[] {
  const counts = new Uint32Array(regions.length);
  for (const place of places) {
    const at = nearestCentre(place, regions);
    counts[at] = (counts[at] ?? 0) + 1;
  }
  return regions
    .map((region, at) => ({ ...region, papers: counts[at] ?? 0 }))
    .filter(({ papers }) => papers > 0)
    .sort((a, b) => b.papers - a.papers || a.x - b.x);
}

/** k-means over places (Lloyd, 1982), begun from landmarks that lie as far apart as they can. */
function spreadCentres(places: readonly Place[]): Place[] {
  const [first] = places;
  if (!first) return [];
  const count = Math.max(1, Math.min(MOST_REGIONS, Math.floor(places.length / FEWEST_IN_A_REGION)));
  let centres: Place[] = [first];
  while (centres.length < count) centres.push(farthest(places, centres) ?? first);
  for (let round = 0; round < ROUNDS; round += 1) {
    const groups: Place[][] = centres.map(() => []);
    for (const place of places) groups[nearestCentre(place, centres)]?.push(place);
    centres = groups.filter((group) => group.length > 0).map(middleOf);
  }
  return centres;
}

function farthest(places: readonly Place[], centres: readonly Place[]): Place | undefined {
  let best: Place | undefined;
  let most = -1;
  for (const place of places) {
    const { x, y } = centres[nearestCentre(place, centres)] ?? place;
    const away = (place.x - x) ** 2 + (place.y - y) ** 2;
    if (away <= most) continue;
    best = place;
    most = away;
  }
  return best;
}

/** The first of equals. */
function nearestCentre({ x, y }: Place, centres: readonly Place[]): number {
  let best = 0;
  let least = Number.POSITIVE_INFINITY;
  for (let at = 0; at < centres.length; at += 1) {
    const centre = centres[at] as Place;
    const away = (centre.x - x) ** 2 + (centre.y - y) ** 2;
    if (away >= least) continue;
    best = at;
    least = away;
  }
  return best;
}

function middleOf(group: readonly Place[]): Place {
  const sum = group.reduce((total, { x, y }) => ({ x: total.x + x, y: total.y + y }), { x: 0, y: 0 });
  return { x: sum.x / group.length, y: sum.y / group.length };
}
