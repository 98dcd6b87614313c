import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openSource } from '../../src/sources/registry.ts';
import { harvest, idsOf } from './set-up.ts';
import { refused } from './stand-in-pubmed.ts';
import { madePapers, type StandIn, type StandInPaper, startServices } from './stand-in-services.ts';

let service: StandIn;

async function restart(papers: readonly StandInPaper[]): Promise<void> {
  await service?.close();
  service = await startServices({ papers });
}

beforeEach(() => restart(madePapers(450)));
afterEach(() => service.close());

function run(
  spec: string,
  options: {
    readonly since?: string;
    readonly position?: string | undefined;
    readonly onNotice?: (text: string) => void;
    readonly batches?: number;
  } = {},
) {
  return harvest(spec, { address: `${service.url}/pubmed`, ...options });
}

function questions(path: string): Record<string, string>[] {
  return service.asked
    .filter((asked) => asked.includes(path))
    .map((asked) => Object.fromEntries(new URL(asked, service.url).searchParams));
}

describe('articles by number', () => {
  it('come with everything that their record says', async () => {
    const { rows } = await run('pubmed:38000003');
    expect(rows).toEqual([
      {
        place: { file: 'pubmed:38000003', line: 1 },
        paper: {
          id: '10.1000/2401.00003',
          title: 'Paper 3 on the theory of <things> & numbers',
          abstract: 'We study thing 3 with é and prove that it is 21.',
          authors: ['Ada Author3', 'Björn Müller'],
          categories: [],
          published: '2024-01-02',
          venue: 'Journal of things',
          url: 'https://pubmed.ncbi.nlm.nih.gov/38000003/',
          doi: '10.1000/2401.00003',
          language: 'eng',
        },
      },
    ]);
  });

  it('are named where PubMed does not know them, one of many or all', async () => {
    const { rows } = await run('pubmed:38000003, PMID:1, 38000004');
    expect(idsOf(rows)).toEqual(['10.1000/2401.00003', '10.1000/2401.00004']);
    expect(rows.at(-1)).toMatchObject({ place: { line: 2 }, fault: { message: 'PubMed has no article 1' } });
    expect((await run('pubmed:1')).rows).toMatchObject([{ fault: { message: 'PubMed has no article 1' } }]);
  });

  it('are asked for 200 at a time', async () => {
    const numbers = Array.from({ length: 450 }, (_, at) => 38_000_000 + at).join(',');
    const { batches } = await run(`pubmed:${numbers}`);
    expect(batches.map(({ rows, total }) => [rows.length, total])).toEqual([
      [200, 450],
      [200, 450],
      [50, 450],
    ]);
  });
});

describe('a question', () => {
  it('is asked once, and its result taken in pages', async () => {
    await run('pubmed:things AND numbers[ti]');
    expect(questions('esearch')).toEqual([
      {
        db: 'pubmed',
        term: 'things AND numbers[ti]',
        usehistory: 'y',
        retmax: '0',
        retmode: 'json',
        tool: 'pharos',
      },
    ]);
    expect(questions('efetch').map(({ retstart, retmax }) => [retstart, retmax])).toEqual([
      ['0', '200'],
      ['200', '200'],
      ['400', '50'],
    ]);
  });

  it('brings no more than is wanted', async () => {
    const { rows, batches } = await run('pubmed:things?max=230');
    expect(rows).toHaveLength(230);
    expect(batches[0]?.total).toBe(230);
  });

  it('that finds nothing brings nothing, and says which words PubMed does not know', async () => {
    await restart([]);
    const notices: string[] = [];
    const { batches } = await run('pubmed:xyzzy', { onNotice: (text) => notices.push(text) });
    expect(batches).toMatchObject([{ rows: [], position: expect.stringContaining('known') }]);
    expect(notices).toEqual(['PubMed does not know xyzzy.']);
  });

  it('brings the next time what changed since the day before', async () => {
    const { position } = await run('pubmed:things');
    const { known } = JSON.parse(position ?? '');
    expect(known).toMatch(/^\d{4}-\d\d-\d\d$/);
    await run('pubmed:things', { position });
    expect(questions('esearch')[1]).toMatchObject({
      datetype: 'mdat',
      mindate: known.replaceAll('-', '/'),
      maxdate: '3000/12/31',
    });
  });

  it('brings only what changed since a day', async () => {
    const { rows } = await run('pubmed:things', { since: '2026-11-11' });
    expect(rows).toHaveLength(225);
  });

  it('whose result is no longer kept is asked again', async () => {
    const first = await run('pubmed:things', { batches: 1 });
    service.trouble({ replace: refused('Unable to obtain query #1') });
    const notices: string[] = [];
    const second = await run('pubmed:things', {
      position: first.position,
      onNotice: (text) => notices.push(text),
    });
    expect(idsOf(second.rows)).toHaveLength(450);
    expect(notices).toEqual([expect.stringContaining('Unable to obtain query #1')]);
  });

  it('is given up when a result that was just found is refused again and again', async () => {
    service.trouble(
      { isFine: true },
      ...Array.from({ length: 20 }, () => ({ replace: refused('Out of order') })),
    );
    await expect(run('pubmed:things')).rejects.toMatchObject({
      code: 'SOURCE_FAILED',
      message: 'PubMed does not give what it found: Out of order',
    });
  });

  it('that finds more than PubMed gives at once is asked for by days, and nothing is lost', async () => {
    const days = (at: number) =>
      `20${String(10 + (at % 16)).padStart(2, '0')}-${String(1 + (at % 12)).padStart(2, '0')}-15`;
    const papers = madePapers(14_000, { abstract: '' }).map((paper, at) => ({ ...paper, stamp: days(at) }));
    await restart(papers);
    const { rows, batches } = await run('pubmed:things');
    expect(new Set(idsOf(rows)).size).toBe(14_000);
    expect(rows).toHaveLength(14_000);
    expect(batches[0]?.total).toBe(14_000);
    expect(questions('esearch').length).toBeLessThan(25);
    const middle = Math.floor(batches.length / 2);
    const rest = await run('pubmed:things', { position: batches[middle]?.position });
    expect(batches.slice(0, middle + 1).flatMap((batch) => batch.rows).length + rest.rows.length).toBe(
      14_000,
    );
  }, 60_000);

  it('sends the key of the user with every request', async () => {
    await harvest('pubmed:things', { address: `${service.url}/pubmed`, key: 'secret' });
    await harvest('pubmed:38000003', { address: `${service.url}/pubmed`, key: 'secret' });
    expect(service.asked).toHaveLength(5);
    for (const asked of service.asked) expect(asked).toContain('api_key=secret');
  });

  it('waits a third of a second between two requests', async () => {
    const { fakeClock } = await import('./set-up.ts');
    const clock = fakeClock();
    await harvest('pubmed:things', { address: `${service.url}/pubmed`, clock });
    expect(clock.slept).toEqual([350, 350, 350]);
  });
});

describe('hostile and broken answers', () => {
  it('with entities of their own are refused', async () => {
    service.trouble({
      replace: '<!DOCTYPE PubmedArticleSet [<!ENTITY a "aaaa">]><PubmedArticleSet>&a;</PubmedArticleSet>',
    });
    await expect(run('pubmed:38000003')).rejects.toMatchObject({
      code: 'SOURCE_FAILED',
      message: expect.stringContaining('document type'),
    });
  });

  it('with a broken article cost that article only', async () => {
    const good = `<PubmedArticle><MedlineCitation><PMID>38000004</PMID><Article><ArticleTitle>Good</ArticleTitle></Article></MedlineCitation></PubmedArticle>`;
    service.trouble({
      replace: `<PubmedArticleSet><PubmedArticle><PMID>38000003</PMID></Wrong></PubmedArticle>${good}</PubmedArticleSet>`,
    });
    const { rows } = await run('pubmed:38000003,38000004');
    expect(rows).toMatchObject([{ fault: { code: 'ROW_INVALID' } }, { paper: { id: 'pmid:38000004' } }]);
    expect(rows).toHaveLength(2);
  });

  it('in another charset than they say cost the articles they damage and no others', async () => {
    const one = (title: string, number: number) =>
      `<PubmedArticle><MedlineCitation><PMID>${number}</PMID><Article><ArticleTitle>${title}</ArticleTitle></Article></MedlineCitation></PubmedArticle>`;
    const body = `<PubmedArticleSet>${one('Café', 1)}${one('Tea', 2)}</PubmedArticleSet>`;
    service.trouble({ replace: Buffer.from(body, 'latin1'), type: 'text/xml; charset=utf-8' });
    expect((await run('pubmed:1,2')).rows).toMatchObject([
      { fault: { message: expect.stringContaining('charset') } },
      { paper: { title: 'Tea' } },
    ]);
  });

  it('of errors that never end are given up', async () => {
    service.trouble(...Array.from({ length: 20 }, () => ({ replace: '<ERROR>'.repeat(300_000) })));
    await expect(run('pubmed:38000003')).rejects.toMatchObject({ code: 'SOURCE_FAILED' });
  });

  it('of a search that failed are asked for again', async () => {
    service.trouble(
      { replace: '{"esearchresult":{"ERROR":"Search Backend failed"}}' },
      { replace: '{"header":{}}' },
    );
    expect((await run('pubmed:things')).rows).toHaveLength(450);
  });
});

it.each(['', '?max=3', 'things?max=0', 'things?max=10000', 'things?page=2', '38000003?max=3'])(
  'refuses pubmed:%s before asking',
  async (target) => {
    const source = await openSource('pubmed');
    expect(() => source.check(target)).toThrow(expect.objectContaining({ code: 'INPUT_INVALID' }));
  },
);
