/** What the answer says about the question besides answering it: what of it was understood otherwise than written. */

export type NoteCode =
  /** `journal:nature`: there is no such field. */
  | 'FIELD_UNKNOWN'
  /** `year:20x1`: the field is known, the value is none. */
  | 'VALUE_UNREADABLE'
  /** `related:ID` with an id that is not in the index. */
  | 'PAPER_UNKNOWN'
  /** More fields, phrases and exclusions than are read. */
  | 'TOO_MANY_PARTS';

export interface Note {
  readonly code: NoteCode;
  /** One sentence for people. */
  readonly message: string;
}
