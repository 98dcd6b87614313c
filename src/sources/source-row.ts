/** A record of a service as a row: normalised as every paper is, or the reason why it is none. */
import { AppError, isAppError } from '../fault/app-error.ts';
import type { Row, RowPlace } from '../ingest/row.ts';
import { normalizePaper } from '../paper/normalize-paper.ts';
import type { RawPaper } from '../paper/raw-paper.ts';

export interface RowOptions {
  /** The answer was not of the charset it claims. */
  readonly isDamaged?: boolean;
}

const LOST_LETTER = '\ufffd';

/** Never throws: a record that is no paper becomes a fault. */
export function sourceRow(place: RowPlace, raw: RawPaper, { isDamaged = false }: RowOptions = {}): Row {
  try {
    return undamaged({ place, paper: normalizePaper(raw) }, { isDamaged });
  } catch (error) {
    if (isAppError(error, 'ROW_INVALID')) return { place, fault: error };
    throw error;
  }
}

/** The row, or a fault in place of a paper in which letters were lost. */
export function undamaged(row: Row, { isDamaged = false }: RowOptions): Row {
  if (!(isDamaged && 'paper' in row && JSON.stringify(row.paper).includes(LOST_LETTER))) return row;
  return faultRow(row.place, 'The record is not of the charset that the service names');
}

export function faultRow(place: RowPlace, message: string): Row {
  return { place, fault: new AppError('ROW_INVALID', { message }) };
}
