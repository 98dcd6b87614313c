/** Papers of every kind that a citation has to cope with. */
import type { Paper } from '../../src/paper/paper.ts';

export function paperOf(fields: Partial<Paper> = {}): Paper {
  return { id: 'x1', title: 'A Title', abstract: '', authors: [], categories: [], ...fields };
}

export const ATTENTION = paperOf({
  id: '1706.03762',
  title: 'Attention Is All You Need',
  abstract: 'We propose a network.',
  authors: ['Ashish Vaswani', 'Łukasz Kaiser'],
  published: '2017-06-12',
  categories: ['cs.CL', 'cs.LG'],
  venue: 'arXiv',
  url: 'https://arxiv.org/abs/1706.03762',
});

export const DEEP_LEARNING = paperOf({
  id: '10.1038/nature14539',
  title: 'Deep learning',
  authors: ['Yann LeCun', 'Yoshua Bengio', 'Geoffrey Hinton'],
  published: '2015-05',
  venue: 'Nature',
  doi: '10.1038/nature14539',
  journalRef: 'Nature 521(7553), 436-444',
});

export const ISOTROPY = paperOf({
  id: '2021.findings-emnlp.261',
  title: 'How Does Fine-tuning Affect the Geometry of Embedding Space',
  authors: ['Sara Rajaee', 'Mohammad Taher Pilehvar'],
  published: '2021',
  venue: 'Findings',
  url: 'https://aclanthology.org/2021.findings-emnlp.261/',
  doi: '10.18653/v1/2021.findings-emnlp.261',
});
