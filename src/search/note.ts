/** What the answer says besides its hits: what was understood otherwise than written, and when nothing is near. */

export type NoteCode =
  /** `journal:nature`: there is no such field. */
  | 'FIELD_UNKNOWN'
  /** `year:20x1`: the field is known, the value is none. */
  | 'VALUE_UNREADABLE'
  /** `related:ID` with an id that is not in the index. */
  | 'PAPER_UNKNOWN'
  /** A phrase or a dash in the midst of a longer text, which quotes and interrupts itself and commands nothing. */
  | 'READ_AS_PROSE'
  /** More fields, phrases and exclusions than are read. */
  | 'TOO_MANY_PARTS'
  /** No word of the question occurs and nothing is near its meaning, so nothing is listed. */
  | 'NOTHING_NEAR'
  /** Even the best hit of the first page is probably not what was asked for. */
  | 'LOW_CONFIDENCE';

export interface Note {
  readonly code: NoteCode;
  /** One sentence for people. */
  readonly message: string;
}
