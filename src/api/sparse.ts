/** Answers with only the fields that were asked for. What tells one element from another is always there. */
import type { Paper } from '../paper/paper.ts';

export function sparsePaper(paper: Paper, fields: readonly string[] | undefined): Partial<Paper> {
  return fields === undefined ? paper : only(paper, ['id', ...fields]);
}

export function sparseHit<Body extends { readonly paper: Paper }>(
  hit: Body,
  fields: readonly string[] | undefined,
): Partial<Body> | Body {
  if (fields === undefined) return hit;
  return { ...only(hit, ['rank', ...fields]), paper: sparsePaper(hit.paper, fields) } as Partial<Body>;
}

/** In the order of the whole, so that the same fields give the same text in whatever order they are asked for. */
function only<Whole extends object>(whole: Whole, fields: readonly string[]): Partial<Whole> {
  const entries = Object.entries(whole).filter(([name]) => fields.includes(name));
  return Object.fromEntries(entries) as Partial<Whole>;
}
