/**
 * What every source yields: a paper, the mere name of one, or the reason why a row is neither. All say where they
 * stood.
 */
import type { AppError } from '../fault/app-error.ts';
import type { Identifier } from '../paper/identifier.ts';
import type { Paper } from '../paper/paper.ts';

export interface RowPlace {
  /** The path as the user gave it, `-` for standard input. */
  readonly file: string;
  /** 1-based line where the row begins. */
  readonly line: number;
}

export type Row =
  | {
      readonly place: RowPlace;
      readonly paper: Paper;
      /** Who says so: the name of a format or a service. */
      readonly source?: string;
    }
  | { readonly place: RowPlace; readonly reference: Identifier }
  | { readonly place: RowPlace; readonly fault: AppError };
