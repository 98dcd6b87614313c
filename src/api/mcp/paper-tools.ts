/** The tools about papers that are known by name: all that is known of one, and references of many. */
import { z } from 'zod';
import { CITATION_FORMATS, CITATION_STYLES } from '../../citations/citation-formats.ts';
import { name } from '../request-schemas.ts';
import { requirePapers } from './named-papers.ts';
import { wholeView } from './paper-view.ts';
import { defineTool } from './tool.ts';

/** More fill the context of a model; `pharos cite` has no limit. */
const MAX_CITED = 100;

const getPaper = defineTool({
  name: 'get_paper',
  title: 'Get paper',
  description:
    'Everything the index knows of one paper: abstract, authors, dates, venue, DOI, code and address.',
  input: z.strictObject({
    id: name.describe('Its id as search_papers gives it, or an arXiv id, a DOI or the address of its page.'),
  }),
  answer: async ({ id }, { engine }) => {
    const [paper] = await requirePapers(engine, [id], '/id');
    return paper && wholeView(paper);
  },
});

const exportCitations = defineTool({
  name: 'export_citations',
  title: 'Export citations',
  description:
    'References to papers of the index: BibTeX, RIS or CSL-JSON for reference managers, text or Markdown in a ' +
    'style to print. Use it instead of writing references from memory.',
  input: z.strictObject({
    ids: z.array(name).min(1).max(MAX_CITED).describe('Ids, DOIs or addresses of papers.'),
    format: z.enum(CITATION_FORMATS).exactOptional().describe('bibtex unless said.'),
    style: z.enum(CITATION_STYLES).exactOptional().describe('Of text and markdown; apa unless said.'),
  }),
  answer: async ({ ids, format = 'bibtex', style }, { engine }) => {
    const papers = await requirePapers(engine, ids, '/ids');
    const { citePapers } = await import('../../citations/cite-papers.ts');
    return citePapers(papers, { format, ...(style !== undefined && { style }) });
  },
});

export const paperTools = [getPaper, exportCitations];
