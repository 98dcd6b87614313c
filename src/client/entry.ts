/** `pharos-search/client`: what a program that asks a server imports. */
export type { CitationFormat, CitationStyle } from '../citations/citation-formats.ts';
export type { Facet, FacetField, Facets, FacetValue } from '../engine/facets.ts';
export type { FaultIssue } from '../fault/app-error.ts';
export type { Paper, PaperId, PartialDate } from '../paper/paper.ts';
export type {
  Correction,
  Explanation,
  Hit,
  Match,
  MatchedWord,
  OtherPaper,
  Passage,
  ScoreShare,
  SearchAnswer,
} from '../search/answer.ts';
export type { Note } from '../search/note.ts';
export type { Mode, Sort } from '../search/request.ts';
export type { SuggestAnswer, Suggestion } from '../search/suggest.ts';
export type { AskOptions, PaperSearch } from './paper-search.ts';
export { type CiteInput, PharosClient, type PharosClientOptions } from './pharos-client.ts';
export { PharosProblem, type ProblemCode } from './pharos-problem.ts';
export type { Example, Narrowing, RelatedInput, SearchInput, SuggestInput } from './requests.ts';
export type { ServerStatus } from './server-status.ts';
