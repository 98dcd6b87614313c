/** What an answer holds of papers and hits where only some fields were asked for, and the forms beside JSON. */
import type { Paper } from '../paper/paper.ts';
import type { Hit, SearchAnswer } from '../search/answer.ts';

/** Of a paper; its id is always there. */
export type PaperField = keyof Paper;

/** Of a hit and of its paper; rank and id are always there. */
export type HitField = Exclude<keyof Hit, 'rank' | 'paper'> | PaperField;

/**
 * `Always`, and of the rest what was asked for. A list whose members the compiler does not know may hold any of them, so
 * each may be absent then.
 */
type Only<Whole, Always extends keyof Whole, Fields extends readonly PropertyKey[]> = Pick<Whole, Always> &
  (number extends Fields['length']
    ? Partial<Pick<Whole, Extract<Fields[number], keyof Whole>>>
    : Pick<Whole, Extract<Fields[number], keyof Whole>>);

export type SparsePaper<Fields extends readonly PropertyKey[]> = Only<Paper, 'id', Fields>;

export type SparseHit<Fields extends readonly HitField[]> = Only<Omit<Hit, 'paper'>, 'rank', Fields> & {
  readonly paper: SparsePaper<Fields>;
};

export type SparseAnswer<Fields extends readonly HitField[]> = Omit<SearchAnswer, 'hits'> & {
  readonly hits: readonly SparseHit<Fields>[];
};

/** Whatever papers are answered in beside JSON: the answer is one text, as docs/api.md describes it. */
export type TextFormat = 'ndjson' | 'csv' | 'bibtex' | 'ris' | 'csl' | 'atom' | 'md';

/** `fields` goes with `ndjson` and `csv`. */
export interface AsText<Field> {
  readonly format: TextFormat;
  readonly fields?: readonly Field[];
}

export interface OnlyFields<Fields> {
  readonly fields: Fields;
}

/** A list that no question makes: of days, or recommended. */
interface List {
  readonly hits: readonly { readonly rank: number; readonly paper: Paper }[];
}

/** Of a hit of such a list and of its paper; rank and id are always there. */
export type ListField<Whole extends List> =
  | Exclude<keyof Whole['hits'][number], 'rank' | 'paper'>
  | PaperField;

export type SparseList<Whole extends List, Fields extends readonly PropertyKey[]> = Omit<Whole, 'hits'> & {
  readonly hits: readonly (Only<Omit<Whole['hits'][number], 'rank' | 'paper'>, never, Fields> & {
    readonly rank: number;
    readonly paper: SparsePaper<Fields>;
  })[];
};
