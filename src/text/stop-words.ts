/**
 * Words of a question that carry no subject. They are indexed like all others, and a question of nothing else
 * is asked with them (`The Who`); beside other words they only cost time, for they have the longest lists.
 */
import { terms } from './analyze.ts';

const ENGLISH = `
  a about above after again all also am an and any are as at be because been before being below between both
  but by can could did do does doing don doesn didn down during each either few for from further had has have
  having he her here hers him his how however i if in into is isn it its itself just may me might more most must
  my no nor not of off on once only or other our ours out over own same shall she should so some such than that
  the their theirs them then there these they this those through to too under until up upon us very was wasn we
  were what when where whether which while who whom whose why will with within without would you your yours`;

const STOP_TERMS: ReadonlySet<string> = new Set(terms(ENGLISH));

/** Whether a term, as `analyze` makes it, is one of them. */
export function isStopTerm(term: string): boolean {
  return STOP_TERMS.has(term);
}
