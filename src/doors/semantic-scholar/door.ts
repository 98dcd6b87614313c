/**
 * The Academic Graph and the recommendations of Semantic Scholar: what its clients ask when their `api_url` is this
 * server. Facts: https://api.semanticscholar.org/api-docs and the sources of the Python client semanticscholar 0.12.
 */
import type { Door } from '../door.ts';
import { paperRoutes } from './paper-routes.ts';
import { recommendationRoutes } from './recommendation-routes.ts';
import { searchRoutes } from './search-routes.ts';

/**
 * Of a status that it does not know the client makes an empty answer, and asks for the next page of it for ever. So
 * each becomes the nearest that it raises an error for.
 */
const UNDERSTOOD: ReadonlyMap<number, number> = new Map([
  [401, 403],
  [405, 400],
  [413, 400],
  [502, 500],
  [503, 504],
  [507, 500],
]);

// `/paper/{id}` would also match all the others, so it stands last.
export const semanticScholarDoor: Door = {
  routes: [...searchRoutes, ...recommendationRoutes, ...paperRoutes],
  statusOf: (status) => UNDERSTOOD.get(status) ?? status,
};
