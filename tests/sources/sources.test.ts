import { sourceContract } from './contract.ts';
import { madePapers, startServices } from './stand-in-services.ts';

const few = madePapers(25);
const many = madePapers(4_500);
const ids = (papers: readonly { readonly id: string }[]) => papers.map(({ id }) => id);

sourceContract('arxiv', {
  spec: 'arxiv:cs.CL?max=30000',
  ids: ids(many),
  start: async () => {
    const service = await startServices({ papers: many });
    return { ...service, address: `${service.url}/api/query` };
  },
});

sourceContract('arxiv-oai', {
  spec: 'arxiv-oai:cs',
  ids: ids(few),
  start: async () => {
    const service = await startServices({ papers: few, pageSize: 10 });
    return { ...service, address: `${service.url}/oai` };
  },
});

const daily = madePapers(230);

sourceContract('hf-daily', {
  spec: 'hf-daily:2026-W47',
  ids: ids(daily),
  start: async () => {
    const service = await startServices({ papers: daily });
    return { ...service, address: `${service.url}/api/daily_papers` };
  },
});

const catalogued = madePapers(230);
const catalogue = (name: string, pageSize?: number) => async () => {
  const service = await startServices({ papers: catalogued, ...(pageSize && { pageSize }) });
  return { ...service, address: `${service.url}/${name}` };
};

sourceContract('s2', { spec: 's2:search?q=things', ids: ids(catalogued), start: catalogue('s2', 100) });

sourceContract('openalex', {
  spec: 'openalex:works?search=things',
  ids: ids(catalogued),
  start: catalogue('openalex'),
});

sourceContract('crossref', {
  spec: 'crossref:works?query=things',
  ids: catalogued.map(({ id }) => `10.5555/${id}`),
  start: catalogue('crossref'),
});

sourceContract('dblp', { spec: 'dblp:search?q=things', ids: ids(catalogued), start: catalogue('dblp') });

const medical = madePapers(450);

sourceContract('pubmed', {
  spec: 'pubmed:things AND numbers',
  ids: ids(medical).map((id) => `10.1000/${id}`),
  start: async () => {
    const service = await startServices({ papers: medical });
    return { ...service, address: `${service.url}/pubmed` };
  },
});

sourceContract('feed', {
  spec: 'feed:https://example.org/papers.atom?all=1',
  ids: ids(few),
  start: async () => {
    const service = await startServices({ papers: few });
    return { ...service, address: `${service.url}/feed` };
  },
});

sourceContract('zotero', {
  spec: 'zotero:',
  ids: ids(daily),
  start: async () => {
    const service = await startServices({ papers: daily });
    return { ...service, address: `${service.url}/zotero` };
  },
});
