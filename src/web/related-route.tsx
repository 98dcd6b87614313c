/** `/related` as routes: a short text may stand in the address, a long one comes in a form. */
import { z } from 'zod';
import type { ApiContext } from '../api/context.ts';
import { resolveIds } from '../api/examples.ts';
import { readBody, readQuery } from '../api/read-input.ts';
import { requireReady } from '../api/readiness.ts';
import type { Route } from '../api/route.ts';
import type { AskOptions } from '../search/request.ts';
import { MAX_TEXT_LENGTH } from '../search/request.ts';
import type { Assets } from './assets.ts';
import { htmlReply } from './html.tsx';
import { readPasted } from './read-pasted.ts';
import { keepingFor } from './reader.ts';
import { type Around, RelatedPage } from './related-page.tsx';
import { STRINGS } from './strings.ts';

type Asked = Parameters<Route['answer']>[0];

const SHOWN = 20;
const input = z.strictObject({ text: z.string().max(MAX_TEXT_LENGTH).exactOptional() });

export function relatedRoutes(assets: Assets): Route[] {
  const common = { address: '/related', path: '/related', budget: 'search', input } as const;
  const answer =
    (read: (schema: typeof input, request: Asked) => z.infer<typeof input>): Route['answer'] =>
    async (request, context, options) => {
      requireReady(context.readiness);
      const { text = '' } = read(input, request);
      const around = text.trim() === '' ? undefined : await findAround(text, context, options);
      const papers = around?.answer.hits.map(({ paper }) => paper) ?? [];
      const kept = await keepingFor(request, context, papers);
      return htmlReply({
        title: `${STRINGS.related.title} · ${STRINGS.name}`,
        ...{ assets, query: '', here: '/related' },
        children: <RelatedPage text={text} kept={kept} {...(around && { around })} />,
      });
    };
  return [
    { ...common, method: 'get', summary: 'A page for the work around a text.', answer: answer(readQuery) },
    {
      ...{ ...common, method: 'post', reads: 'form' },
      summary: 'The same for long texts, ids and BibTeX.',
      answer: answer(readBody),
    },
  ];
}

async function findAround(
  text: string,
  { engine, searcher, recommender }: ApiContext,
  options: Required<AskOptions>,
): Promise<Around> {
  const pasted = await readPasted(text);
  if (pasted.kind === 'text') {
    const answer = await searcher.related({ positiveTexts: [pasted.text], limit: SHOWN }, options);
    return { kind: 'text', answer };
  }
  if (pasted.kind === 'papers') {
    const answer = await recommender.recommend({ papers: pasted.papers, limit: SHOWN }, options);
    return { kind: 'papers', answer, missing: [] };
  }
  const { ids, missing } = await resolveIds(engine, pasted.ids, '');
  // With none of them here, the recommender says which are missing.
  const positive = ids.length === 0 ? pasted.ids : ids;
  const answer = await recommender.recommend({ positive, limit: SHOWN }, options);
  const unknown = missing.map(({ pointer }) => pasted.ids[Number(pointer.slice(1))] ?? '');
  return { kind: 'papers', answer, missing: unknown };
}
