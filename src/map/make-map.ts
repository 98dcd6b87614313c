/**
 * Makes the map of an index. Some thousands of papers, evenly spread over it, are laid out by UMAP; every other paper takes
 * its place among the landmarks it is nearest to. Papers that came since a map was made are placed by its landmarks, and
 * all others stay where readers remember them.
 */
import type { EngineReader } from '../engine/engine.ts';
import type { DocId } from '../engine/ranking.ts';
import { AppError } from '../fault/app-error.ts';
import { LandmarkFinder } from './landmark-finder.ts';
import { layOut } from './lay-out.ts';
import { coloursOf, type Legend, legendOf } from './legend.ts';
import type { Neighbour } from './nearest.ts';
import { columnsOf, MAP_SIDE, type MapPoint, type PaperMap } from './paper-map.ts';
import { seededRandom } from './random.ts';
import { countRegions, findRegions, type PlacedPaper } from './regions.ts';
import type { OnStage } from './stage.ts';

type MapEngine = Pick<
  EngineReader,
  'status' | 'lastDocId' | 'papers' | 'vectorsOf' | 'similarities' | 'statistics'
>;

export interface MapOptions {
  /** The map there was; none, or one of another index, and everything is laid out. */
  readonly before?: PaperMap | undefined;
  readonly onStage?: OnStage;
  /** Most papers that are laid out by UMAP. */
  readonly mostLandmarks?: number;
}

export interface MadeMap {
  readonly map: PaperMap;
  /** Papers that were not on the map before. */
  readonly placed: number;
  /** True where every place is new. */
  readonly isFresh: boolean;
}

/** Where the time of the layout and how well neighbours are kept balance; see docs/decisions/map.md. */
const MOST_LANDMARKS = 8_000;
/** Beyond this growth since the last layout, its landmarks say too little of what there is. */
const OUTGROWN = 1.5;
const CHUNK = 1_000;
/** Landmarks that a paper is placed by. */
const PLACED_BY = 5;
/** How much more the most similar landmarks count: their weight is the similarity to this power. */
const SHARPNESS = 8;

interface Landmark extends PlacedPaper {
  readonly vector: Float32Array;
}

interface Ground {
  readonly landmarks: readonly Landmark[];
  readonly legend: Legend;
}

/** INPUT_INVALID where no paper has a vector. */
export async function makeMap(engine: MapEngine, options: MapOptions = {}): Promise<MadeMap> {
  const { onStage = () => undefined, mostLandmarks = MOST_LANDMARKS } = options;
  const { index, generation, embedded } = await engine.status();
  const kept = await keptGround(engine, options.before, { index, embedded });
  const ground = kept ?? (await freshGround(engine, mostLandmarks, onStage));
  const before = kept ? options.before : undefined;
  const points = await placeAll(engine, { ...ground, known: knownPlaces(before) }, onStage);
  onStage({ stage: 'map-name', done: 0, total: 1 });
  const regions = before?.head.regions ?? (await findRegions(engine, ground.landmarks));
  const head = {
    index,
    generation,
    laidOut: before?.head.laidOut ?? points.length,
    ...ground.legend,
    regions: countRegions(regions, points),
  };
  const old = new Set(before?.columns.docIds);
  const placed = points.filter(({ docId }) => !old.has(docId)).length;
  return { map: { head, columns: columnsOf(points) }, placed, isFresh: before === undefined };
}

/** What a map rests on, if it is of this index and has not been outgrown. */
async function keptGround(
  engine: MapEngine,
  before: PaperMap | undefined,
  { index, embedded }: { readonly index: string; readonly embedded: number },
): Promise<Ground | undefined> {
  if (!before || before.head.index !== index || embedded > OUTGROWN * before.head.laidOut) return undefined;
  const { docIds, places, landmarks } = before.columns;
  const rows = [...docIds.keys()].filter((row) => landmarks[row] === 1);
  const vectors = await engine.vectorsOf(rows.map((row) => docIds[row] ?? 0));
  const kept = rows.flatMap((row, at): Landmark[] => {
    const vector = vectors[at];
    const [docId = 0, x = 0, y = 0] = [docIds[row], places[2 * row], places[2 * row + 1]];
    return vector ? [{ docId, x, y, vector }] : [];
  });
  // When half of them were removed or changed since, so was the corpus.
  if (kept.length === 0 || kept.length < rows.length / 2) return undefined;
  const { categories, years } = before.head;
  return { landmarks: kept, legend: { categories, years } };
}

async function freshGround(engine: MapEngine, most: number, onStage: OnStage): Promise<Ground> {
  const last = await engine.lastDocId();
  const count = Math.min(last, most);
  const random = seededRandom();
  // One of each stretch, at a place by chance: what comes in turns would else be missed in turns.
  const docIds = Array.from({ length: count }, (_, at) => 1 + Math.floor(((at + random()) * last) / count));
  const vectors = await engine.vectorsOf(docIds);
  const found = docIds.flatMap((docId, at) => {
    const vector = vectors[at];
    return vector ? [{ docId, vector }] : [];
  });
  if (found.length === 0) {
    throw new AppError('INPUT_INVALID', {
      message: 'No paper of this index is embedded, so there is nothing to place',
      remedy: 'Add papers first, without --no-embed: `pharos add FILE`.',
    });
  }
  const places = intoSquare(await layOut(engine, found, onStage));
  const papers = await engine.papers(found.map(({ docId }) => docId));
  const legend = legendOf(papers.filter((paper) => paper !== undefined));
  return { landmarks: found.map((one, at) => ({ ...one, ...(places[at] ?? { x: 0, y: 0 }) })), legend };
}

/** Every paper with a vector, by docId. */
async function placeAll(
  engine: MapEngine,
  { landmarks, legend, known }: Ground & { readonly known: ReadonlyMap<DocId, Place> },
  onStage: OnStage,
): Promise<MapPoint[]> {
  const finder = new LandmarkFinder(landmarks.map(({ vector }) => vector));
  const own = new Map(landmarks.map((landmark) => [landmark.docId, landmark]));
  const last = await engine.lastDocId();
  const points: MapPoint[] = [];
  for (let start = 1; start <= last; start += CHUNK) {
    onStage({ stage: 'map-place', done: start - 1, total: last });
    const docIds = Array.from({ length: Math.min(CHUNK, last - start + 1) }, (_, at) => start + at);
    const papers = await engine.papers(docIds);
    const vectors = await engine.vectorsOf(docIds);
    for (const [at, docId] of docIds.entries()) {
      const [paper, vector] = [papers[at], vectors[at]];
      if (!paper || !vector) continue;
      const place = own.get(docId) ?? known.get(docId) ?? placeOf(finder.near(vector, PLACED_BY), landmarks);
      const { x, y } = place;
      points.push({ docId, x, y, ...coloursOf(paper, legend), isLandmark: own.has(docId) });
    }
  }
  return points;
}

interface Place {
  readonly x: number;
  readonly y: number;
}

function knownPlaces(map: PaperMap | undefined): ReadonlyMap<DocId, Place> {
  const { docIds = new Uint32Array(0), places = new Uint16Array(0) } = map?.columns ?? {};
  return new Map(
    [...docIds].map((docId, row) => [docId, { x: places[2 * row] ?? 0, y: places[2 * row + 1] ?? 0 }]),
  );
}

/** The mean of their places, the most similar counting most; of a paper like none of them, that of the first. */
function placeOf(near: readonly Neighbour[], landmarks: readonly Place[]): Place {
  const first = landmarks[near[0]?.at ?? 0] ?? { x: 0, y: 0 };
  let [x, y, total] = [0, 0, 0];
  for (const { at, similarity } of near) {
    const weight = Math.max(0, similarity) ** SHARPNESS;
    const place = landmarks[at] ?? first;
    x += weight * place.x;
    y += weight * place.y;
    total += weight;
  }
  return total > 0 ? { x: Math.round(x / total), y: Math.round(y / total) } : first;
}

/** Fills the square in both directions. */
function intoSquare(points: readonly (readonly [x: number, y: number])[]): Place[] {
  const scale = (values: readonly number[]) => {
    const [least, most] = values.reduce(
      ([low, high], value) => [Math.min(low, value), Math.max(high, value)],
      [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY],
    );
    const reach = most - least;
    return (value: number) => (reach > 0 ? Math.round(((value - least) / reach) * MAP_SIDE) : MAP_SIDE >> 1);
  };
  const toX = scale(points.map(([x]) => x));
  const toY = scale(points.map(([, y]) => y));
  return points.map(([x, y]) => ({ x: toX(x), y: toY(y) }));
}
