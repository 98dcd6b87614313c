/** How far an add, a check or an export has come, for whoever draws it. */

export interface IndexProgress {
  readonly stage: string;
  readonly done: number;
  /** Absent while nobody knows: a stream does not say how long it is. */
  readonly total?: number;
  /** What is counted; things unless it says otherwise. */
  readonly unit?: 'bytes';
  /** How much was done before this run began, and so says nothing of its speed. */
  readonly initial?: number;
}

export type OnProgress = (progress: IndexProgress) => void;
