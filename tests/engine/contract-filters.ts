/** The part of the engine contract about what filters let through, as lists of newest papers, and about people. */
import { beforeEach, expect, it } from 'vitest';
import type { IdOrder } from '../../src/engine/engine.ts';
import type { Filter } from '../../src/engine/filter.ts';
import type { CurrentEngine } from './contract.ts';
import { makePaper } from './fixtures.ts';

const PAPERS = [
  makePaper({
    id: '1706.03762',
    title: 'Attention Is All You Need',
    abstract: 'Recurrent networks are dropped. State-of-the-art results.',
    authors: ['Ashish Vaswani', 'Noam Shazeer'],
    published: '2017-06-12',
    code: 'https://code.example/a',
  }),
  makePaper({
    id: 'turing',
    title: 'Computing Machinery',
    abstract: 'Can machines think? A state of the question.',
    authors: ['A. M. Turing'],
    published: '1950',
    doi: '10.1093/mind/lix.236.433',
  }),
  makePaper({
    id: 'chess',
    title: 'Chess networks',
    authors: ['Alan Turing', 'Ada Fox'],
    published: '1953-10',
  }),
  makePaper({ id: 'undated', title: 'Undated notes', abstract: 'Machine, network.', authors: ['Turing'] }),
];

export function describeFilters(current: CurrentEngine): void {
  beforeEach(() => current().upsert(PAPERS.map((paper) => ({ paper }))));

  async function passing(filter: Filter, limit = 10): Promise<(string | undefined)[]> {
    const { docIds, total } = await current().newest({ filter, limit });
    const papers = await current().papers([...docIds]);
    expect(total).toBeGreaterThanOrEqual(docIds.length);
    return papers.map((paper) => paper?.id);
  }

  it('lists the newest first and those without a date last', async () => {
    expect(await passing({})).toEqual(['1706.03762', 'chess', 'turing', 'undated']);
    expect(await passing({}, 2)).toEqual(['1706.03762', 'chess']);
    expect((await current().newest({ filter: {}, limit: 0 })).total).toBe(4);
  });

  it.each<[string, Filter, string[]]>([
    ['a phrase in the abstract', phrase('state of the art'), ['1706.03762']],
    ['a phrase in the title', phrase('all you need'), ['1706.03762']],
    ['a phrase across fields', phrase('need recurrent'), []],
    ['a phrase as it is spelled', phrase('machine'), ['undated']],
    ['no phrase in what has no word', phrase('—'), []],
    ['words in any form', words('machine network'), ['undated']],
    ['words of authors too', words('shazeer'), ['1706.03762']],
    ['words of the title', { texts: [{ as: 'words', text: 'network', in: 'title' }] }, ['chess']],
    ['a phrase of the title', { texts: [{ as: 'phrase', text: 'networks', in: 'title' }] }, ['chess']],
    ['a word that begins so', spelled('prefix', 'mach'), ['turing', 'undated']],
    ['a phrase whose last word begins so', spelled('prefix', 'can machines th'), ['turing']],
    ['no phrase that only its first word begins', spelled('prefix', 'ca machines'), []],
    ['words near to each other', spelled('near', 'networks dropped', 1), ['1706.03762']],
    ['near words in the other order', spelled('near', 'think, can', 1), ['turing']],
    ['no words that are further apart', spelled('near', 'networks dropped'), []],
    ['three words among which stands one', spelled('near', 'state the question', 1), ['turing']],
    ['no three words among which stand more', spelled('near', 'a the question', 1), []],
    ['a word and itself', spelled('near', 'chess chess'), ['chess']],
    ['a word with another letter', spelled('fuzzy', 'chass', 1), ['chess']],
    ['a word with two letters less', spelled('fuzzy', 'machi', 2), ['undated']],
    ['a word as it is', spelled('fuzzy', 'networks'), ['1706.03762', 'chess']],
    ['no word of a name', spelled('fuzzy', 'vaswany', 2), []],
    ['a begun word of the title', { texts: [{ as: 'prefix', text: 'netw', in: 'title' }] }, ['chess']],
    ['no prefix, no nearness, no likeness without a word', { not: [{ not: WORDLESS }] }, []],
    ['two tests', { texts: [...texts('networks'), ...texts('chess')] }, ['chess']],
    ['code', { has: ['code'] }, ['1706.03762']],
    ['a DOI and an abstract', { has: ['doi', 'abstract'] }, ['turing']],
    ['an id or a DOI', { ids: ['chess', '10.1093/mind/lix.236.433'] }, ['chess', 'turing']],
    ['everything but', { not: [{ authors: ['turing'] }] }, ['1706.03762']],
    ['neither nor', { not: [phrase('networks'), { from: '1950', to: '1950' }] }, ['undated']],
    ['not both', { not: [{ authors: ['turing'], has: ['doi'] }] }, ['1706.03762', 'chess', 'undated']],
    ['all of two', { all: [{ authors: ['turing'] }, { authors: ['fox'] }] }, ['chess']],
    ['nothing but what is not nothing', { not: [{ not: [{ has: ['code'] }] }] }, ['1706.03762']],
    ['what is left of everything', { not: [{}] }, []],
    ['empty lists as no lists', { has: [], texts: [], all: [], not: [], ids: [] }, PAPERS_BY_DATE],
  ])('lets through %s', async (_, filter, ids) => {
    expect(await passing(filter)).toEqual(ids);
  });

  it('knows what a paper has after it changed', async () => {
    expect(await passing({ has: ['code'] })).toEqual(['1706.03762']);
    const [attention, turing] = PAPERS;
    if (!attention || !turing) throw new Error('there are two papers');
    const { code, ...without } = attention;
    await current().upsert([{ paper: without }, { paper: { ...turing, ...(code && { code }) } }]);
    expect(await passing({ has: ['code'] })).toEqual(['turing']);
    await current().upsert([{ paper: { ...turing, abstract: 'A recurrent network.' } }]);
    expect(await passing(phrase('recurrent network'))).toEqual(['turing']);
    expect(await passing(phrase('machines think'))).toEqual([]);
    await current().remove(['turing']);
    expect(await passing(phrase('recurrent network'))).toEqual([]);
  });

  it('finds the papers of a person however the name is written', async () => {
    const by = async (value: string) => {
      const [docIds = []] = await current().lookup([{ kind: 'author', value }]);
      return (await current().papers(docIds)).map((paper) => paper?.id).toSorted();
    };
    expect(await by('alan turing')).toEqual(['chess', 'turing']);
    expect(await by('Turing, Alan M.')).toEqual(['chess', 'turing']);
    expect(await by('Ashish VASWANI')).toEqual(['1706.03762']);
    expect(await by('Turing')).toEqual([]);
    expect(await by('Bob Turing')).toEqual([]);
  });

  it('lists by ids, from behind an id on', async () => {
    const listed = async (order: IdOrder, after?: string, limit = 10, filter: Filter = {}) => {
      const from = after === undefined ? {} : { after };
      const { docIds, total } = await current().listById({ filter, limit, order, ...from });
      return [total, (await current().papers([...docIds])).map((paper) => paper?.id)];
    };
    expect(await listed('ascending')).toEqual([4, ['1706.03762', 'chess', 'turing', 'undated']]);
    expect(await listed('descending', undefined, 2)).toEqual([4, ['undated', 'turing']]);
    expect(await listed('ascending', 'chess', 1)).toEqual([4, ['turing']]);
    expect(await listed('ascending', 'dodo')).toEqual([4, ['turing', 'undated']]);
    expect(await listed('descending', 'dodo')).toEqual([4, ['chess', '1706.03762']]);
    expect(await listed('ascending', undefined, 0)).toEqual([4, []]);
    expect(await listed('ascending', '1', 10, { authors: ['turing'] })).toEqual([
      3,
      ['chess', 'turing', 'undated'],
    ]);
    await current().remove(['chess']);
    expect(await listed('ascending', undefined, 2)).toEqual([3, ['1706.03762', 'turing']]);
  });

  it('takes tests of any length', async () => {
    const long = 'networks '.repeat(2_000);
    expect(await passing(phrase(long))).toEqual([]);
    expect(await passing({ texts: [{ as: 'words', text: long, in: 'title' }] })).toEqual(['chess']);
    const many = Array.from({ length: 1_000 }, (_, at) => `word${at}`).join(' ');
    expect(await passing({ texts: [{ as: 'words', text: many, in: 'title' }] })).toEqual([]);
  });
}

const PAPERS_BY_DATE = ['1706.03762', 'chess', 'turing', 'undated'];

const WORDLESS: Filter[] = (['prefix', 'near', 'fuzzy'] as const).map((as) => spelled(as, '—', 1));

function spelled(as: 'prefix' | 'near' | 'fuzzy', text: string, within?: number): Filter {
  return { texts: [{ as, text, ...(within !== undefined && { within }) }] };
}

function texts(text: string) {
  return [{ as: 'phrase' as const, text }];
}

function phrase(text: string): Filter {
  return { texts: texts(text) };
}

function words(text: string): Filter {
  return { texts: [{ as: 'words', text }] };
}
