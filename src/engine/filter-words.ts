/** The filter as people and programs say it. What may be said several times reads as singular: `category`. */
import type { Source } from '../paper/source.ts';
import type { Filter, PaperPart } from './filter.ts';

/** Each as the member of Filter that it becomes. */
export interface FilterWords {
  readonly from?: string;
  readonly to?: string;
  readonly category?: readonly string[];
  readonly author?: readonly string[];
  readonly venue?: readonly string[];
  readonly has?: readonly PaperPart[];
  readonly source?: readonly Source[];
}

/** Takes these words of whatever is given and no others. */
export function toFilter({ from, to, category, author, venue, has, source }: FilterWords): Filter {
  return {
    ...(from !== undefined && { from }),
    ...(to !== undefined && { to }),
    ...(category !== undefined && { categories: category }),
    ...(author !== undefined && { authors: author }),
    ...(venue !== undefined && { venues: venue }),
    ...(has !== undefined && { has }),
    ...(source !== undefined && { sources: source }),
  };
}
