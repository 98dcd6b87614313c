/** The local API of a Zotero in the stand-in. The day on which a record changed stands for its version. */
import type { LiteratureQuestion } from './stand-in-pubmed.ts';
import type { StandInPaper } from './stand-in-services.ts';

export function zoteroAnswer({ path, parameters, papers }: LiteratureQuestion) {
  if (path.startsWith('collections/') && !path.startsWith('collections/ABCD2345/')) {
    return { body: 'Not found', type: 'text/plain', status: 404 };
  }
  const since = Number(parameters.get('since') ?? 0);
  const start = Number(parameters.get('start') ?? 0);
  const found = papers.filter((paper) => versionOf(paper) > since);
  const slice = found.slice(start, start + Number(parameters.get('limit') ?? found.length));
  return {
    body: JSON.stringify(slice.map(item), null, 4),
    type: 'application/json',
    headers: {
      'total-results': String(found.length),
      'last-modified-version': String(Math.max(0, ...papers.map(versionOf))),
      'zotero-api-version': '3',
    },
  };
}

function versionOf({ stamp }: StandInPaper): number {
  return Number(stamp.replaceAll('-', ''));
}

function item(paper: StandInPaper, at: number) {
  const { id, title, abstract, authors, versions } = paper;
  return {
    key: `KEY${at}`,
    version: versionOf(paper),
    library: { type: 'user', id: 0, name: 'My Library' },
    meta: { numChildren: 1 },
    data: {
      key: `KEY${at}`,
      itemType: 'preprint',
      title,
      abstractNote: abstract,
      creators: authors.map((name) => {
        const [firstName, lastName] = name.split(' ');
        return { creatorType: 'author', firstName, lastName };
      }),
      date: versions[0],
      url: `http://arxiv.org/abs/${id}`,
      extra: `arXiv:${id} [cs]`,
      tags: [{ tag: 'to read' }, { tag: 'trees', type: 1 }],
    },
  };
}
