import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseIdentifier } from '../../src/paper/identifier.ts';

describe('parseIdentifier: arXiv', () => {
  it.each([
    ['1706.03762', '1706.03762', undefined],
    ['1706.03762v5', '1706.03762', 5],
    ['arXiv:1706.03762', '1706.03762', undefined],
    ['ARXIV: 1706.03762V7', '1706.03762', 7],
    ['arXiv:1706.03762v5 [cs.CL]', '1706.03762', 5],
    [' 0704.0001\n', '0704.0001', undefined],
    ['1412.6980', '1412.6980', undefined],
    ['2501.00001', '2501.00001', undefined],
    ['math/0309136', 'math/0309136', undefined],
    ['math.GT/0309136', 'math/0309136', undefined],
    ['arXiv:math.GT/0309136v2', 'math/0309136', 2],
    ['hep-th/9711200v2', 'hep-th/9711200', 2],
    ['cond-mat.mes-hall/0703001', 'cond-mat/0703001', undefined],
    ['https://arxiv.org/abs/1706.03762', '1706.03762', undefined],
    ['http://www.arxiv.org/abs/hep-th/9711200v3', 'hep-th/9711200', 3],
    ['arxiv.org/pdf/1706.03762v5.pdf', '1706.03762', 5],
    ['https://arxiv.org/pdf/1706.03762', '1706.03762', undefined],
    ['https://arxiv.org/html/1706.03762v7#S3', '1706.03762', 7],
    ['https://export.arxiv.org/abs/1706.03762?context=cs', '1706.03762', undefined],
    ['https://ar5iv.labs.arxiv.org/html/1706.03762', '1706.03762', undefined],
    ['https://www.alphaxiv.org/abs/1706.03762v1', '1706.03762', 1],
    ['https://huggingface.co/papers/1706.03762/', '1706.03762', undefined],
    ['<https://arxiv.org/abs/1706.03762>.', '1706.03762', undefined],
    ['(arXiv:1706.03762)', '1706.03762', undefined],
    ['10.48550/arXiv.1706.03762', '1706.03762', undefined],
    ['https://doi.org/10.48550/arXiv.hep-th/9711200', 'hep-th/9711200', undefined],
  ])('%s is %s, version %s', (text, id, version) => {
    const expected = version === undefined ? { kind: 'arxiv', id } : { kind: 'arxiv', id, version };
    expect(parseIdentifier(text)).toEqual(expected);
  });

  it.each([
    '1713.03762', // no thirteenth month
    '1700.03762',
    '0703.0001', // before the scheme began
    '1412.06980', // five digits before 2015
    '1501.0001', // four digits after 2014
    '1706.037',
    '1706.03762v0',
    'foo/0309136', // no such archive
    'math/0313136',
    'math/0801001', // after the old scheme ended
    'see 1706.03762',
    '1706.03762 and 1810.04805',
    'https://arxiv.org/list/cs.CL/1706',
    'https://example.org/abs/1706.03762',
    '1706.03762 attention',
  ])('%s is no arXiv id', (text) => {
    expect(parseIdentifier(text)).toBeUndefined();
  });

  it('reads every id of the new scheme back, however it is dressed', () => {
    const id = fc
      .tuple(
        fc.integer({ min: 15, max: 99 }),
        fc.integer({ min: 1, max: 12 }),
        fc.integer({ min: 0, max: 99_999 }),
      )
      .map(
        ([year, month, number]) =>
          `${year}${String(month).padStart(2, '0')}.${String(number).padStart(5, '0')}`,
      );
    const dress = fc.constantFrom(
      '%',
      'arXiv:%',
      'https://arxiv.org/abs/%',
      'arxiv.org/pdf/%.pdf',
      '“%”',
      '[%]',
    );
    fc.assert(
      fc.property(id, dress, fc.option(fc.integer({ min: 1, max: 40 })), (bare, pattern, version) => {
        const named = parseIdentifier(pattern.replace('%', version === null ? bare : `${bare}v${version}`));
        expect(named).toEqual({ kind: 'arxiv', id: bare, ...(version === null ? {} : { version }) });
      }),
    );
  });
});

describe('parseIdentifier: DOI', () => {
  it.each([
    ['10.1145/3292500.3330701', '10.1145/3292500.3330701'],
    ['doi:10.1103/PhysRevLett.68.1172', '10.1103/physrevlett.68.1172'],
    ['DOI 10.1103/PhysRevLett.68.1172', '10.1103/physrevlett.68.1172'],
    ['https://doi.org/10.1038/nature14539.', '10.1038/nature14539'],
    ['http://dx.doi.org/10.1038/nature14539', '10.1038/nature14539'],
    ['doi.org/10.1186/s12874-018-0541-7', '10.1186/s12874-018-0541-7'],
    ['https://doi.org/10.1002/%28SICI%291097-0258', '10.1002/(sici)1097-0258'],
    ['10.1016/S0140-6736(97)11096-0', '10.1016/s0140-6736(97)11096-0'],
    ['(10.1016/0370-2693(90)90001)', '10.1016/0370-2693(90)90001'],
    ['10.1000/a(b)', '10.1000/a(b)'],
    ['https://dl.acm.org/doi/abs/10.1145/3292500.3330701?casa_token=x', '10.1145/3292500.3330701'],
    ['10.18653/v1/P19-1001', '10.18653/v1/p19-1001'],
  ])('%s is %s', (text, id) => {
    expect(parseIdentifier(text)).toEqual({ kind: 'doi', id });
  });

  it.each(['10.1145', '10.1145/', '10.12/abc', '11.1145/abc', '10.1145/a b', 'about 10.1145/abc'])(
    '%s is no DOI',
    (text) => {
      expect(parseIdentifier(text)).toBeUndefined();
    },
  );
});

describe('parseIdentifier: ACL Anthology', () => {
  it.each([
    ['2020.acl-main.703', '2020.acl-main.703'],
    ['P19-1001', 'P19-1001'],
    ['p19-1001', 'P19-1001'],
    ['ACL:P19-1001', 'P19-1001'],
    ['https://aclanthology.org/2020.acl-main.703/', '2020.acl-main.703'],
    ['https://aclanthology.org/P19-1001.pdf', 'P19-1001'],
    ['https://www.aclweb.org/anthology/J98-1001/', 'J98-1001'],
  ])('%s is %s', (text, id) => {
    expect(parseIdentifier(text)).toEqual({ kind: 'acl', id });
  });
});

describe('parseIdentifier: PubMed', () => {
  it.each([
    'pmid:38000001',
    'PMID: 38000001',
    'PMID 38000001',
    'https://pubmed.ncbi.nlm.nih.gov/38000001/',
    'pubmed.ncbi.nlm.nih.gov/38000001?dopt=Abstract',
    'https://www.ncbi.nlm.nih.gov/pubmed/38000001',
  ])('%s is pmid:38000001', (text) => {
    expect(parseIdentifier(text)).toEqual({ kind: 'pmid', id: 'pmid:38000001' });
  });

  it.each([
    '38000001',
    'pmid:0',
    'pmid:',
    'pmid:1234567890',
    'https://pubmed.ncbi.nlm.nih.gov/?term=38000001',
  ])('%s is no number of PubMed', (text) => {
    expect(parseIdentifier(text)).toBeUndefined();
  });
});

describe('parseIdentifier', () => {
  it.each(['', ' ', 'attention is all you need', 'title:0123456789abcdef', 'x'.repeat(100_000)])(
    'finds nothing in %.40s',
    (text) => {
      expect(parseIdentifier(text)).toBeUndefined();
    },
  );

  it('knows its own ids again', () => {
    const shaped = fc.stringMatching(/^(doi:|https:\/\/doi\.org\/|x\.org\/doi\/)?10\.\d{4}\/[!-~]{1,30}$/);
    fc.assert(
      fc.property(fc.oneof(shaped, fc.string({ unit: 'binary' })), (text) => {
        const named = parseIdentifier(text);
        if (named) expect(parseIdentifier(named.id)).toMatchObject({ kind: named.kind, id: named.id });
      }),
      { numRuns: 2_000 },
    );
  });
});
