/** `pharos-search`: what a program that has the index in its own process imports. */

export type {
  AskOptions,
  Example,
  Facet,
  FacetField,
  Facets,
  FacetValue,
  Hit,
  Match,
  Narrowing,
  Note,
  Paper,
  PaperInput,
  PaperSearch,
  RelatedInput,
  SearchAnswer,
  SearchInput,
  SuggestAnswer,
  SuggestInput,
  Suggestion,
} from '../client/entry.ts';
export type { EngineStatus } from '../engine/engine.ts';
export { AppError, isAppError } from '../fault/app-error.ts';
export type { FaultCode } from '../fault/codes.ts';
export type { AddReport } from '../indexer/add-report.ts';
export { type OpenPharosOptions, openPharos } from './open-pharos.ts';
export type { AddFilesOptions, AddOptions, Pharos } from './pharos.ts';
