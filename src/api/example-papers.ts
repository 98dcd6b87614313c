/**
 * The few papers that all examples of answers in the description of the API are made of. They are of the sample that
 * comes with Pharos, so that who tries an example on a first server gets much the same.
 */
import type { Paper } from '../paper/paper.ts';

export const ATTENTION: Paper = {
  id: '1706.03762',
  title: 'Attention Is All You Need',
  abstract:
    'Introduces the Transformer, a translation model that drops recurrence and convolution and lets every word look ' +
    'at every other word through multi-head self-attention. Because positions are processed in parallel, training ' +
    'takes days instead of weeks while translation quality on English-German and English-French improves. The design ' +
    'became the foundation of nearly all later large language models.',
  abstractBy: 'Pharos',
  authors: [
    'Ashish Vaswani',
    'Noam Shazeer',
    'Niki Parmar',
    'Jakob Uszkoreit',
    'Llion Jones',
    'Aidan N. Gomez',
    'Lukasz Kaiser',
    'Illia Polosukhin',
  ],
  published: '2017-06-12',
  categories: ['cs.CL', 'cs.LG'],
  venue: 'NeurIPS 2017',
  url: 'https://arxiv.org/abs/1706.03762',
};

export const BERT: Paper = {
  id: '1810.04805',
  title: 'BERT: Pre-training of Deep Bidirectional Transformers for Language Understanding',
  abstract:
    'Shows how to pre-train a Transformer encoder on unlabelled text by hiding words and asking the model to fill them ' +
    'in from both left and right context, plus a task of judging whether two sentences follow each other. The same ' +
    'network is then fine-tuned with one extra layer for question answering, inference or tagging. It set new records ' +
    'on eleven language tasks and made pre-train-then-fine-tune the standard recipe.',
  abstractBy: 'Pharos',
  authors: ['Jacob Devlin', 'Ming-Wei Chang', 'Kenton Lee', 'Kristina Toutanova'],
  published: '2018-10-11',
  categories: ['cs.CL'],
  venue: 'NAACL 2019',
  url: 'https://arxiv.org/abs/1810.04805',
  doi: '10.18653/v1/n19-1423',
};

export const EXAMPLE_PAPERS: readonly Paper[] = [ATTENTION, BERT];
