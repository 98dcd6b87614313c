/** How far a long step of the engine has come. */
export interface EngineProgress {
  readonly stage: 'words' | 'vectors' | 'snapshot' | 'verify';
  readonly done: number;
  readonly total: number;
}

export type ProgressListener = (progress: EngineProgress) => void;
