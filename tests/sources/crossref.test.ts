import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { normalizePaper } from '../../src/paper/normalize-paper.ts';
import { crossrefWork } from '../../src/sources/crossref-work.ts';
import { jatsText } from '../../src/sources/jats-text.ts';
import { openSource } from '../../src/sources/registry.ts';
import { type HarvestOptions, harvest, idsOf } from './set-up.ts';
import { madePapers, type StandIn, startServices } from './stand-in-services.ts';

let service: StandIn;

beforeEach(async () => {
  service = await startServices({ papers: madePapers(230) });
});
afterEach(() => service.close());

function run(spec: string, more: Partial<HarvestOptions> = {}) {
  return harvest(spec, { address: `${service.url}/crossref`, ...more });
}

function questions(): Record<string, string>[] {
  return service.asked.map((path) => Object.fromEntries(new URL(path, service.url).searchParams));
}

describe('papers of Crossref by DOI', () => {
  it('are asked for alone, or several in one question, in the order asked for', async () => {
    const { rows } = await run('crossref:https://doi.org/10.1038/NATURE14539');
    expect(idsOf(rows)).toEqual(['10.1038/nature14539']);
    expect(service.asked).toEqual(['/crossref/works/10.1038/nature14539']);
    const several = await run('crossref:10.5555/b,10.5555/unknown,10.5555/a');
    expect(several.rows.map((row) => ('paper' in row ? row.paper.id : 'fault'))).toEqual([
      '10.5555/b',
      'fault',
      '10.5555/a',
    ]);
    expect(questions()[1]).toMatchObject({
      filter: 'doi:10.5555/b,doi:10.5555/unknown,doi:10.5555/a',
      rows: '3',
    });
  });

  it('that it does not have are faults', async () => {
    const { rows } = await run('crossref:10.5555/unknown');
    expect(rows).toEqual([
      expect.objectContaining({
        fault: expect.objectContaining({ message: expect.stringContaining('no paper') }),
      }),
    ]);
  });

  it('are asked for twenty at a time, and go on after a cut', async () => {
    const spec = `crossref:${Array.from({ length: 45 }, (_, at) => `10.5555/x${at}`)}`;
    const first = await run(spec, { batches: 1 });
    const rest = await run(spec, { position: first.position });
    expect(questions().map(({ rows }) => rows)).toEqual(['20', '20', '5']);
    expect(new Set(idsOf([...first.rows, ...rest.rows])).size).toBe(45);
  });
});

describe('a list of Crossref', () => {
  it('is asked for by cursors', async () => {
    await run('crossref:works?query.title=dense+retrieval&filter=type:journal-article&sort=published');
    expect(questions()).toEqual([
      expect.objectContaining({
        'query.title': 'dense retrieval',
        filter: 'type:journal-article',
        sort: 'published',
        cursor: '*',
      }),
      expect.objectContaining({ cursor: expect.stringMatching(/^[^*]+$/) }),
    ]);
  });

  it('asks the next time for what was entered or changed since', async () => {
    const { position } = await run('crossref:works?query=x');
    const { known } = JSON.parse(position ?? '');
    await run('crossref:works?query=x', { position, since: '2020' });
    expect(questions()[2]?.filter).toBe(`from-pub-date:2020-01-01,from-index-date:${known}`);
  });

  it('is begun again when its cursor has died', async () => {
    const { position } = await run('crossref:works?query=x', { batches: 1 });
    service.trouble({ status: 404, body: 'Resource not found.' });
    const notices: string[] = [];
    const { rows } = await run('crossref:works?query=x', {
      position,
      onNotice: (text) => notices.push(text),
    });
    expect(idsOf(rows)).toHaveLength(230);
    expect(notices).toHaveLength(1);
  });

  it('passes on why it is refused', async () => {
    const message = [{ type: 'filter-not-available', value: 'x', message: 'Filter x does not exist' }];
    service.trouble({ status: 400, body: JSON.stringify({ status: 'failed', message }) });
    await expect(run('crossref:works?filter=x:y')).rejects.toMatchObject({
      code: 'INPUT_INVALID',
      message: 'crossref:works?filter=x:y is refused: Filter x does not exist',
    });
  });

  it('is paid for with a key by subscribers', async () => {
    await run('crossref:works?query=x&max=1', { key: 'secret' });
    expect(service.headers[0]?.['crossref-plus-api-token']).toBe('Bearer secret');
  });
});

describe('a work of Crossref', () => {
  const work = {
    DOI: '10.5555/ABC',
    title: ['Deep <i>learning</i> &amp; more'],
    subtitle: ['A review'],
    abstract: '<jats:p>Some.</jats:p>',
    author: [{ given: 'Ada', family: 'Lovelace', suffix: 'Jr' }, { name: 'The Collaboration' }, null, {}],
    published: { 'date-parts': [[2015, 5, 27]] },
    issued: { 'date-parts': [[2015]] },
    'container-title': ['Nature &amp; Science'],
    volume: '521',
    issue: '7553',
    page: '436-444',
  };

  it('becomes a paper', () => {
    expect(normalizePaper(crossrefWork(work))).toEqual({
      id: '10.5555/abc',
      doi: '10.5555/abc',
      title: 'Deep learning & more: A review',
      abstract: 'Some.',
      authors: ['Ada Lovelace Jr', 'The Collaboration'],
      published: '2015-05-27',
      categories: [],
      venue: 'Nature & Science',
      journalRef: 'Nature & Science 521(7553), 436-444',
    });
  });

  it('whose preprint is named is known by the id of that', () => {
    const relation = {
      'has-preprint': [{ 'id-type': 'doi', id: '10.48550/arXiv.1706.03762', 'asserted-by': 'x' }],
    };
    expect(crossrefWork({ ...work, relation })).toMatchObject({ id: '1706.03762', doi: '10.5555/abc' });
  });

  it.each([
    [{ published: null, issued: { 'date-parts': [[2015]] } }, '2015'],
    [{ published: { 'date-parts': [[null]] } }, '2015'],
    [{ published: { 'date-parts': [[2015, 13, 45]] } }, '2015'],
    [{ published: {}, issued: { 'date-parts': [[null]] } }, undefined],
    [{ published: 'x', issued: [] }, undefined],
  ])('with the dates %j is of %s', (dates, published) => {
    expect(normalizePaper(crossrefWork({ ...work, ...dates })).published).toBe(published);
  });

  it.each([[{ title: null }], [{ title: [] }], [{ title: [''] }], [{ title: [null] }]])(
    'without a title (%j) is none',
    (title) => {
      expect(() => normalizePaper(crossrefWork({ ...work, ...title }))).toThrow('title');
    },
  );

  it.each([[null], ['x'], [7], [[]]])('is never a crash: %j', (value) => {
    expect(crossrefWork(value)).toMatchObject({ id: undefined });
  });
});

describe('the text of JATS', () => {
  it.each([
    ['<jats:title>Abstract</jats:title><jats:p>Text.</jats:p>', 'Text.'],
    [
      '<jats:sec><jats:title>Background</jats:title><jats:p>One.</jats:p></jats:sec><jats:sec><jats:title>Results:</jats:title><jats:p>Two.</jats:p></jats:sec>',
      'Background: One. Results: Two.',
    ],
    ['H<jats:sub>2</jats:sub>O and <jats:italic toggle="yes">E. coli</jats:italic>', 'H2O and E. coli'],
    [
      '<jats:inline-formula><jats:alternatives><jats:tex-math>\\alpha</jats:tex-math><mml:math><mml:mi>α</mml:mi></mml:math></jats:alternatives></jats:inline-formula> rays',
      'α rays',
    ],
    ['p &lt; 0.05 &amp; x <y> z', 'p < 0.05 & x <y> z'],
    ['<p>Broken <b>markup', 'Broken markup'],
    ['<jats:p>Cut <jats:ital', 'Cut <jats:ital'],
    ['<!-- no --><jats:list><jats:list-item><jats:p>a</jats:p></jats:list-item></jats:list>', 'a'],
  ])('%s', (markup, text) => {
    expect(jatsText(markup)?.replace(/\s+/g, ' ').trim()).toBe(text);
  });

  // A pattern that backtracks would need minutes for these, and the test would time out.
  it.each(['<jats:', '<jats:title ', '<!--', '<jats:tex-math>', '<jats:title>abstract ', '&#', ' '])(
    'is read in the time that its length asks for: %j',
    (hostile) => {
      expect(jatsText(`${hostile.repeat(100_000)}end`)).toMatch(/end$/);
    },
  );
});

it.each(['', 'works', 'works?max=3', 'works?q=x', 'nonsense', '1706.03762', '10.5555/a?max=1'])(
  'refuses crossref:%s before asking',
  async (target) => {
    const source = await openSource('crossref');
    expect(() => source.check(target)).toThrow(expect.objectContaining({ code: 'INPUT_INVALID' }));
  },
);
