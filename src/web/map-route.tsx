/** `/map` as a route: the map of the index, with what a question finds lit up. */
import { z } from 'zod';
import { currentMap, pointsOf } from '../api/map-routes.ts';
import { readQuery } from '../api/read-input.ts';
import type { Route } from '../api/route.ts';
import { MAX_QUERY_LENGTH } from '../search/request.ts';
import type { Assets } from './assets.ts';
import { htmlReply } from './html.tsx';
import { MapPage } from './map-page.tsx';
import { STRINGS } from './strings.ts';

const input = z.strictObject({ q: z.string().max(MAX_QUERY_LENGTH).exactOptional() });

export function mapRoute(assets: Assets): Route {
  return {
    method: 'get',
    address: '/map',
    path: '/map',
    summary: 'A page with the map of the papers.',
    input,
    answer: async (request, context, options) => {
      const { q = '' } = readQuery(input, request);
      const { map, isCurrent } = await currentMap(context);
      const query = q.trim();
      const lit = query === '' ? undefined : await pointsOf(query, context, options);
      const parts = { head: map.head, papers: map.columns.docIds.length, isCurrent, query };
      return htmlReply({
        title: `${STRINGS.map.title} · ${STRINGS.name}`,
        ...{ assets, query: '', here: '/map' },
        head: assets.map && <script type="module" src={assets.map} />,
        children: <MapPage {...parts} {...(lit && { lit })} />,
      });
    },
  };
}
