/** `pharos-search/client`: what a program that asks a server imports. */
export type { CitationFormat, CitationStyle } from '../citations/citation-formats.ts';
export type { DailyOrder } from '../discover/daily.ts';
export type { TimedList } from '../discover/lists.ts';
export type { Reason, RecommendAnswer, Recommendation, ThemeSummary } from '../discover/request.ts';
export type { Window } from '../discover/trending.ts';
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
export type { AddAllOptions, Added, Papers, RowAnswer } from './adding.ts';
export type { Alert, AlertInput, AlertMessage, Alerts, AlertWithMessages } from './alerts.ts';
export type { CalendarDay, DailyInput, RecommendInput, TrendingInput } from './discover.ts';
export type { FollowOptions, Job, JobState, Jobs } from './jobs.ts';
export type {
  Library,
  LibraryAnswer,
  LibraryEntry,
  LibraryEntryInput,
  LookedSearch,
  SavedQuestion,
  SavedSearch,
  SearchNews,
} from './library.ts';
export type { MapHead, MapHits, MapPoints, PaperMap } from './map.ts';
export type { PaperInput } from './paper-input.ts';
export type { AskOptions, PaperSearch, RequestOptions } from './paper-search.ts';
export type { PatientOptions } from './patiently.ts';
export { type CiteInput, PharosClient, type PharosClientOptions } from './pharos-client.ts';
export { PharosProblem, type ProblemCode } from './pharos-problem.ts';
export type {
  Example,
  FacetsInput,
  Narrowing,
  PaperFilter,
  RelatedInput,
  SearchInput,
  SuggestInput,
} from './requests.ts';
export type {
  Address,
  FacetsAnswer,
  Model,
  Models,
  PaperBatch,
  SourcedPaper,
  SyncRun,
  SyncSource,
} from './server-answers.ts';
export type { ServerStatus, ServerWork } from './server-status.ts';
export type {
  AsText,
  HitField,
  OnlyFields,
  PaperField,
  SparseAnswer,
  SparseHit,
  SparsePaper,
  TextFormat,
} from './sparse.ts';
