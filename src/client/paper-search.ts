/** What a program can ask for, whether the papers are in its own process or behind an address. */

import type { Paper } from '../paper/paper.ts';
import type { Hit, SearchAnswer } from '../search/answer.ts';
import type { SuggestAnswer } from '../search/suggest.ts';
import type { RelatedInput, SearchInput, SuggestInput } from './requests.ts';

export interface AskOptions {
  /** Once it is aborted, what was asked rejects with its reason. */
  readonly signal?: AbortSignal;
}

/** Of one request to a server. */
export interface RequestOptions extends AskOptions {
  /** Instead of the client's own. */
  readonly timeoutMs?: number;
}

export interface PaperSearch {
  /** One page of the answer; `next` of it is the `cursor` of the following one. */
  search(input: SearchInput, options?: AskOptions): Promise<SearchAnswer>;
  /** The work around papers and texts, and away from others. PAPER_NOT_FOUND names what is not there. */
  related(input: RelatedInput, options?: AskOptions): Promise<SearchAnswer>;
  /** Every hit in its order, page after page as they are read; `limit` is the size of a page. */
  searchAll(input: SearchInput, options?: AskOptions): AsyncGenerator<Hit, void, undefined>;
  /** As `searchAll`. */
  relatedAll(input: RelatedInput, options?: AskOptions): AsyncGenerator<Hit, void, undefined>;
  suggest(input: SuggestInput, options?: AskOptions): Promise<SuggestAnswer>;
  /** A paper by id, DOI or address of its page; undefined where the index has none such. */
  get(id: string, options?: AskOptions): Promise<Paper | undefined>;
}
