/** What one reader keeps of one index: papers with tags and notes, and searches with how far they were looked at. */
import type { PaperId } from '../paper/paper.ts';
import type { SavedQuestion } from './saved-question.ts';

export interface Entry {
  /** Under which it was saved; the paper may go by another one by now, or be gone. */
  readonly id: PaperId;
  /** As it was when it was saved, so that a paper which left the index can still be read of. */
  readonly title: string;
  readonly savedMs: number;
  /** What is not read is to be read later. */
  readonly isRead: boolean;
  /** As they were written; those that differ by case alone are one. */
  readonly tags: readonly string[];
  /** Empty where there is none. */
  readonly note: string;
}

export interface SavedSearch {
  readonly id: string;
  readonly name: string;
  readonly question: SavedQuestion;
  readonly savedMs: number;
  /** When somebody looked at what is new for it; at first when it was saved. */
  readonly lookedMs: number;
  /** Arrivals up to this number were there when somebody looked. */
  readonly position: number;
  /** Where `position` stood before it last moved: what came since then is what that look has shown. */
  readonly earlier: number;
}

export interface Shelf {
  /** Grows by one with every change; 0 for one that was never changed. */
  readonly revision: number;
  readonly entries: readonly Entry[];
  readonly searches: readonly SavedSearch[];
}

export const EMPTY_SHELF: Shelf = { revision: 0, entries: [], searches: [] };

/** Who keeps something: the id of a key, or whoever uses the machine itself. */
export type Owner = string;
export const LOCAL_OWNER = 'local';
