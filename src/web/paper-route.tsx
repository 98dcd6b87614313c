/** `/papers/{id}` as a route. The related work is refined by its address: `?more=ID&less=ID`, as often as one likes. */
import { z } from 'zod';
import type { PaperStore } from '../api/context.ts';
import { idOf, requirePaper } from '../api/find-paper.ts';
import { withSources } from '../api/paper-sources.ts';
import { readQuery } from '../api/read-input.ts';
import { name } from '../api/request-schemas.ts';
import type { Route } from '../api/route.ts';
import { citePapers } from '../citations/cite-papers.ts';
import type { Paper } from '../paper/paper.ts';
import type { OtherPaper } from '../search/answer.ts';
import { describeOthers } from '../search/other-papers.ts';
import type { Assets } from './assets.ts';
import { htmlReply } from './html.tsx';
import { PaperPage } from './paper-page.tsx';
import { keepingFor } from './reader.ts';
import type { Refinement } from './refined-work.tsx';
import { ScholarMeta } from './scholar-meta.tsx';
import { scholarlyArticle } from './scholarly-article.ts';
import { STRINGS } from './strings.ts';

const RELATED_SHOWN = 10;
/** Who has more examples than these has a library, and the page for pasted ids. */
const MAX_EXAMPLES = 20;

const examples = (what: string) => z.array(name).max(MAX_EXAMPLES).exactOptional().describe(what);
const paperInput = z.strictObject({
  more: examples('Ids of papers that the related work is to be near to, too.'),
  less: examples('Ids of papers that it is to be far from.'),
});

export function paperRoute(assets: Assets): Route {
  return {
    method: 'get',
    address: '/papers/{id}',
    path: '/papers/*id',
    summary: 'The page of one paper.',
    input: paperInput,
    answer: async (request, context, options) => {
      const { engine, searcher } = context;
      const asked = readQuery(paperInput, request);
      const paper = await requirePaper(engine, idOf(request));
      const refinement = await readRefinement(engine, asked);
      const positive = [paper, ...refinement.more].map(({ id }) => id);
      const negative = refinement.less.map(({ id }) => id);
      const { hits } = await searcher.related(
        { positive, ...(negative.length > 0 && { negative }), limit: RELATED_SHOWN },
        options,
      );
      const { otherIds, sources } = await withSources(engine, paper);
      const versions = await versionsOf(engine, paper);
      const bibtex = await citePapers([paper], { format: 'bibtex' });
      const kept = await keepingFor(request, context, [paper, ...hits.map((hit) => hit.paper)]);
      return htmlReply({
        title: `${paper.title} · ${STRINGS.name}`,
        description: paper.abstract.slice(0, 300),
        assets,
        query: '',
        head: <ScholarMeta paper={paper} />,
        data: scholarlyArticle(paper),
        children: (
          <PaperPage {...{ paper, otherIds, sources, versions, bibtex, refinement, kept, related: hits }} />
        ),
      });
    },
  };
}

/** PAPER_NOT_FOUND for an example that is not here, since the list would be none of what the address says. */
async function readRefinement(
  engine: PaperStore,
  { more = [], less = [] }: z.infer<typeof paperInput>,
): Promise<Refinement> {
  const papersOf = (ids: readonly string[]) => Promise.all(ids.map((id) => requirePaper(engine, id)));
  return { more: await papersOf(more), less: await papersOf(less) };
}

/** The other papers of the same work: preprint and article, copies of other places. Most have none. */
async function versionsOf(engine: PaperStore, paper: Paper): Promise<OtherPaper[]> {
  const [docIds = []] = await engine.lookup([{ kind: 'id', value: paper.id }]);
  const [others = []] = await engine.sameWorks(docIds.slice(0, 1));
  const papers = await engine.papers(others);
  return describeOthers(
    paper,
    papers.filter((other) => other !== undefined),
  );
}
