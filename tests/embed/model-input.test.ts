/** What a model reads: prefixes where they belong, and separators that its tokeniser knows. */
import { resolve } from 'node:path';
import { AutoTokenizer } from '@xenova/transformers';
import { describe, expect, it } from 'vitest';
import { documentInput, questionInput, templateWith } from '../../src/embed/model-input.ts';
import { TEXT_TEMPLATE } from '../../src/paper/embedded-text.ts';

const PLAIN = { queryPrefix: 'query: ', documentPrefix: 'passage: ', textTemplate: TEXT_TEMPLATE };
const SEPARATED = { queryPrefix: '', documentPrefix: '', textTemplate: templateWith('[SEP]') };

describe('the input of a model', () => {
  it('has the prefix of its kind', () => {
    expect(questionInput('why', PLAIN)).toBe('query: why');
    expect(documentInput('Title\nAbstract', PLAIN)).toBe('passage: Title\nAbstract');
  });

  it('has the separator of the model between title and abstract, and nowhere else', () => {
    expect(SEPARATED.textTemplate).toBe('title[SEP]abstract');
    expect(documentInput('Title\nFirst line\nsecond', SEPARATED)).toBe('Title[SEP]First line\nsecond');
    expect(documentInput('Title alone', SEPARATED)).toBe('Title alone');
    expect(questionInput('a\nb', SEPARATED)).toBe('a\nb');
  });

  it('takes a separator as it stands, whatever is in it', () => {
    const odd = { ...SEPARATED, textTemplate: templateWith('$&') };
    expect(documentInput('Title\nAbstract', odd)).toBe('Title$&Abstract');
  });

  it('separates by the special token, which the tokeniser finds within a text', async () => {
    const folder = resolve(import.meta.dirname, '../../models/all-MiniLM-L6-v2');
    const tokenizer = await AutoTokenizer.from_pretrained(folder, { local_files_only: true });
    const [title, abstract] = [tokenizer.encode('nets'), tokenizer.encode('deep')];
    const together = tokenizer.encode(documentInput('nets\ndeep', SEPARATED));
    // [CLS] nets [SEP] and deep [SEP], without the second [CLS].
    expect(together).toEqual([...title, ...abstract.slice(1)]);
  });
});
