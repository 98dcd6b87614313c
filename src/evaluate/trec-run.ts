/** A run in the form that trec_eval, pytrec_eval and ranx read: `query Q0 paper rank score tag`, one hit a line. */
import type { RankedQuery } from './ask-queries.ts';

/**
 * The score is the rank counted from the end, not our own: trec_eval orders by the score alone and breaks ties by
 * id, so equal scores would be another ranking. Blanks in ids become `_`, for columns are told apart by blanks.
 */
export function trecRun({ query, hits }: Pick<RankedQuery, 'query' | 'hits'>, tag: string): string {
  return hits
    .map(({ id }, at) => [word(query.id), 'Q0', word(id), at + 1, hits.length - at, tag].join(' '))
    .map((line) => `${line}\n`)
    .join('');
}

function word(id: string): string {
  return id.replace(/\s/g, '_');
}
