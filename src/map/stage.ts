/** How far the making of a map has come. Whoever is told may throw, to stop it. */
export interface MapStage {
  readonly stage: 'map-neighbours' | 'map-layout' | 'map-place' | 'map-name';
  readonly done: number;
  readonly total: number;
}

export type OnStage = (stage: MapStage) => void;
