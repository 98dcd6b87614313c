/** A paper to read, as Markdown. Its words are those of other people, so no tag of theirs gets through. */
import type { Paper } from '../../paper/paper.ts';

export function paperMarkdown(paper: Paper): string {
  const { title, authors, authorCount = 0, abstract, abstractBy, keywords = [] } = paper;
  const more = authorCount > authors.length ? [`and ${authorCount - authors.length} others`] : [];
  const byline = [...authors, ...more].join(', ');
  const facts = factsOf(paper).map(([name, value]) => `- ${name}: ${plain(value)}`);
  const heading = abstractBy === undefined ? '## Abstract' : `## Summary (by ${plain(abstractBy)})`;
  const parts = [
    `# ${plain(title)}`,
    plain(byline),
    facts.join('\n'),
    ...(abstract === '' ? [] : [heading, plain(abstract)]),
    keywords.length > 0 ? `Keywords: ${plain(keywords.join(', '))}` : '',
  ];
  return `${parts.filter((part) => part !== '').join('\n\n')}\n`;
}

function factsOf({ id, published, venue, categories, doi, url, code }: Paper): [string, string][] {
  const facts: [string, string | undefined][] = [
    ['Id', id],
    ['Published', published],
    ['Venue', venue],
    ['Categories', categories.join(', ')],
    ['DOI', doi],
    ['Page', url],
    ['Code', code],
  ];
  return facts.flatMap(([name, value]): [string, string][] => (value ? [[name, value]] : []));
}

/** Formulas stay as they are, `p < 0.05` too. */
function plain(text: string): string {
  return text.replace(/<(?=[a-z/!?])/gi, '\\<');
}
