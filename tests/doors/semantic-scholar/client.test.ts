/** The real semanticscholar, unmodified, against a running server. */
import { afterAll, describe, expect, it } from 'vitest';
import { removeFolders } from '../../engine/embedded/temporary-index.ts';
import { closeHouse, startHouse } from '../house.ts';
import { PYTHON, runPython } from '../python.ts';

const PATIENCE_MS = 120_000;

afterAll(async () => {
  await closeHouse();
  await removeFolders();
});

interface Native {
  readonly total: number;
  readonly hits: readonly { readonly paper: { readonly id: string } }[];
}

const idsOf = ({ hits }: Native) => hits.map(({ paper }) => paper.id);

describe.skipIf(PYTHON === undefined)('semanticscholar (skipped unless PAPER_CLIENTS_PYTHON is set)', () => {
  it(
    'searches, looks up, completes and recommends',
    async () => {
      const { url, ask, post, log } = await startHouse();
      const told = JSON.parse(await runPython(['tests/doors/semantic_scholar_client.py'], url));
      const native = async (path: string) => (await (await ask(path)).json()) as Native;
      const found = await native('/api/v1/search?q=neural+networks+for+language&limit=40');
      expect(told.paged).toEqual(idsOf(found));
      expect(told.found).toEqual(told.paged.slice(0, 12));
      expect(told.total).toBe(found.total);
      expect(told.recommended).toEqual(idsOf(await native('/api/v1/papers/1706.03762/related?limit=15')));
      const body = { positive: ['1706.03762'], negative: ['hep-th/9711200'], limit: 15 };
      expect(told.lists).toEqual(idsOf((await (await post('/api/v1/related', body)).json()) as Native));
      const lamp = {
        id: '2511.00001',
        title: 'Votes for lighthouses',
        authors: ['Ada Fox', 'Bo Hare'],
        year: 2025,
        date: '2025-11-03',
        external: { ArXiv: '2511.00001', DOI: '10.48550/arXiv.2511.00001' },
        citations: null,
        cited: [],
        venue: null,
      };
      expect(told).toMatchObject({
        nothing: [],
        year: expect.arrayContaining([2025]),
        amp: ['2511.00001'],
        study: 3,
        bulk: ['W12-3903'],
        bulktotal: 1,
        match: { ...lamp, cited: null },
        nomatch: ['ObjectNotFoundException', 'Title match not found'],
        slash: 'hep-th/9711200',
        doi: '10.1098/rspa.1927.0118',
        url: { paperId: '1706.03762', year: 2017 },
        paper: lamp,
        batch: ['1706.03762', '10.1098/rspa.1927.0118', 'W12-3903', 'pmid:19872477'],
        missing: ['ARXIV:2401.99999'],
        authors: ['Cem Yak', 'Dee Emu', 'Eva Gnu'],
        cited: 0,
        cites: 0,
        positive: 150,
        complete: ['Yak et al., 2012'],
        snippets: [['Ladders and outflow.', 'abstract', 'W12-3903']],
        again: 'Anthologies of ladders',
        unknown: ['ObjectNotFoundException', expect.stringContaining('not found')],
        norelated: ['ObjectNotFoundException', 'Paper with id x not found'],
        badfield: ['BadQueryParametersException', 'Unrecognized or unsupported fields: [shoeSize]'],
        badyear: ['BadQueryParametersException', expect.stringContaining('year must be a year')],
      });
      expect(new Set(told.open)).toEqual(new Set([true]));
      expect(JSON.stringify(log())).not.toContain('a_key_of_another_service');
    },
    PATIENCE_MS,
  );
});
