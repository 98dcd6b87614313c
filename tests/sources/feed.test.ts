import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openSource } from '../../src/sources/registry.ts';
import { harvest, idsOf } from './set-up.ts';
import { madePapers, type StandIn, type StandInPaper, startServices } from './stand-in-services.ts';

let service: StandIn;

async function restart(papers: readonly StandInPaper[]): Promise<void> {
  await service?.close();
  service = await startServices({ papers });
}

beforeEach(() => restart(madePapers(25)));
afterEach(() => service.close());

function run(
  spec: string,
  options: { readonly since?: string; readonly position?: string | undefined } = {},
) {
  return harvest(spec, { address: `${service.url}/feed`, ...options });
}

/** What a feed with this inside an entry or item brings. */
async function paperOf(inside: string, kind: 'entry' | 'item' = 'item') {
  const body =
    kind === 'entry'
      ? `<feed><entry>${inside}</entry></feed>`
      : `<rss><channel><item>${inside}</item></channel></rss>`;
  service.trouble({ replace: body, type: 'application/xml; charset=utf-8' });
  const [row, ...others] = (await run('feed:https://example.org/x')).rows;
  expect(others).toEqual([]);
  if (row === undefined || !('paper' in row)) throw new Error(JSON.stringify(row));
  return row.paper;
}

describe('a feed', () => {
  it('in Atom brings papers, page after page', async () => {
    const { rows, batches } = await run('feed:https://example.org/papers.atom');
    expect(batches.map((batch) => batch.rows.length)).toEqual([10, 10, 5]);
    expect(rows.at(-1)).toEqual({
      place: { file: 'feed:https://example.org/papers.atom', line: 25 },
      paper: {
        id: '2401.00000',
        title: 'Paper 0 on the theory of <things> & numbers',
        abstract: 'We study thing 0 with é and prove that it is 0.',
        authors: ['Ada Author0', 'Björn Müller'],
        categories: ['cs.CL'],
        published: '2024-01-02',
        venue: 'arXiv',
        url: 'https://arxiv.org/abs/2401.00000',
      },
    });
  });

  it('of arXiv in RSS brings what was announced; of a new version only when that came', async () => {
    await restart([...madePapers(1), ...madePapers(1, { id: '2402.00001', versions: ['2024-02-02'] })]);
    const { rows } = await run('feed:https://rss.arxiv.org/rss/cs.CL');
    expect(rows).toMatchObject([
      {
        paper: {
          id: '2401.00000',
          updated: '2026-07-20',
          abstract: 'We study thing 0 with é and prove that it is 0.',
        },
      },
      { paper: { id: '2402.00001', published: '2026-07-20', authors: ['Ada Author0', 'Björn Müller'] } },
    ]);
    expect(rows[0]).not.toHaveProperty('paper.published');
  });

  it('of a journal in RSS 1.0 brings what Dublin Core and PRISM say', async () => {
    await restart(madePapers(1));
    expect((await run('feed:https://example.org/journal.rdf')).rows).toMatchObject([
      {
        paper: {
          id: '10.1000/2401.00000',
          title: 'Paper 0 on the theory of <things> & numbers',
          abstract: 'We study thing 0 with é and prove that it is 0.',
          authors: ['Ada Author0', 'Björn Müller'],
          published: '2026-11-20',
          venue: 'Things',
          journalRef: 'Things 7(2), 11',
          tags: ['trees'],
          doi: '10.1000/2401.00000',
          url: 'https://example.org/2401.00000',
        },
      },
    ]);
  });

  it('that has not changed is not sent again', async () => {
    const { position } = await run('feed:https://example.org/papers.atom');
    const again = await run('feed:https://example.org/papers.atom', { position });
    expect(again.rows).toEqual([]);
    expect(service.headers.at(-1)?.['if-none-match']).toBeTruthy();
    expect(again.position).toBe(position);
    expect(service.asked).toHaveLength(4);
  });

  it('that has changed is read down to the day that is known', async () => {
    const { position } = await run('feed:https://example.org/papers.atom');
    await restart([
      ...madePapers(25, { stamp: '2026-10-01' }),
      ...madePapers(1, { id: '2611.00001', stamp: '2026-11-25' }),
    ]);
    const { rows } = await run('feed:https://example.org/papers.atom', { position });
    expect(idsOf(rows)[0]).toBe('2611.00001');
    expect(service.asked).toHaveLength(2);
  });

  it('is never followed to another server', async () => {
    service.trouble({
      replace:
        '<feed><link rel="next" href="https://elsewhere.example.org/papers.atom"/><entry><title>T</title></entry></feed>',
    });
    await run('feed:https://example.org/papers.atom');
    expect(service.asked).toHaveLength(1);
  });

  it('is asked for itself where no setting says otherwise', async () => {
    const { rows } = await harvest(`feed:${service.url}/feed/example.org/papers.rss`, { address: '' });
    expect(idsOf(rows)).toHaveLength(25);
  });
});

describe('an entry', () => {
  it.each([
    ['<title>A &amp;lt; B &lt;i&gt;C&lt;/i&gt;</title>', { title: 'A < B C' }],
    [
      '<title>T</title><description>&lt;p&gt;x &amp;lt; y&lt;/p&gt;&lt;a href="u"&gt;z&lt;/a&gt;</description>',
      { abstract: 'x < y z' },
    ],
    ['<title>T</title><author>ada@example.org (Ada Fox)</author>', { authors: ['Ada Fox'] }],
    ['<title>T</title><author>ada@example.org</author>', { authors: [] }],
    ['<title>T</title><guid>https://doi.org/10.1000/ABC</guid>', { id: '10.1000/abc', doi: '10.1000/abc' }],
    ['<title>T</title><link>https://aclanthology.org/2023.acl-long.1/</link>', { id: '2023.acl-long.1' }],
    [
      '<title>T</title><link>https://pubmed.ncbi.nlm.nih.gov/38000001/?utm=rss</link>',
      { id: 'pmid:38000001' },
    ],
    ['<title>T</title><pubDate>some day</pubDate>', { title: 'T' }],
    ['<title>T</title><link>javascript:alert(1)</link>', { id: expect.stringMatching(/^title:/) }],
  ])('%s gives what it says', async (inside, expected) => {
    expect(await paperOf(inside)).toMatchObject(expected);
  });

  it('in XHTML gives its text', async () => {
    const inside =
      '<title type="xhtml"><div>On <b>trees</b></div></title><content type="xhtml"><div><p>One.</p><p>Two.</p></div></content>';
    expect(await paperOf(inside, 'entry')).toMatchObject({ title: 'On trees', abstract: 'One. Two.' });
  });

  it('without a title is a fault, and costs no other', async () => {
    service.trouble({
      replace: '<rss><channel><item><link>x</link></item><item><title>T</title></item></channel></rss>',
    });
    expect((await run('feed:https://example.org/x')).rows).toMatchObject([
      { fault: { code: 'ROW_INVALID' } },
      { paper: { title: 'T' } },
    ]);
  });

  it.each([
    ['tags that never end', `<title>T</title><description>${'&lt;a '.repeat(200_000)}</description>`],
    ['a date without end', `<title>T</title><pubDate>2020${' '.repeat(500_000)}x</pubDate>`],
    ['an author of addresses', `<title>T</title><author>${'a@'.repeat(200_000)}</author>`],
  ])('with %s is read to its end', async (_, inside) => {
    service.trouble({ replace: `<rss><channel><item>${inside}</item></channel></rss>` });
    expect((await run('feed:https://example.org/x')).rows).toHaveLength(1);
  });

  it('with 10,000 authors has them all', async () => {
    const names = Array.from(
      { length: 10_000 },
      (_, at) => `<author><name>Author ${at}</name></author>`,
    ).join('');
    expect((await paperOf(`<title>T</title>${names}`, 'entry')).authors).toHaveLength(10_000);
  });
});

it('with a bomb of entities is refused', async () => {
  service.trouble({
    replace:
      '<!DOCTYPE rss [<!ENTITY a "aaaa">]><rss><channel><item><title>&a;</title></item></channel></rss>',
  });
  await expect(run('feed:https://example.org/x')).rejects.toMatchObject({ code: 'SOURCE_FAILED' });
});

it('keeps the pace of the server, and arXiv that of arXiv', async () => {
  const { laneFor } = await openSource('feed');
  expect(laneFor?.('https://rss.arxiv.org/rss/cs.CL')).toEqual({ name: 'arxiv', intervalMs: 3_000 });
  expect(laneFor?.('https://notarxiv.org/rss')).toEqual({ name: 'feed-notarxiv.org', intervalMs: 1_000 });
  expect(laneFor?.('http://[::1]:80/x')).toEqual({ name: 'feed-1', intervalMs: 1_000 });
});

it.each([
  '',
  'example.org/feed',
  'file:///etc/passwd',
  'ftp://example.org/x',
  'https://me:secret@example.org/x',
])('refuses feed:%s before asking', async (target) => {
  const source = await openSource('feed');
  expect(() => source.check(target)).toThrow(expect.objectContaining({ code: 'INPUT_INVALID' }));
});
