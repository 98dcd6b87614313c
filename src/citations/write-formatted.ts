/**
 * References as people print them, in the style of a journal: citation-js hands the works to citeproc, the processor
 * of CSL styles. Both take a tenth of a second to load, so they are loaded when the first reference is asked for.
 */
import { hash } from 'node:crypto';
import { AppError } from '../fault/app-error.ts';
import type { StyleChoice } from './citation-formats.ts';
import type { CslItem } from './csl-item.ts';
import { markdownText } from './markdown-text.ts';

export interface FormattingOptions {
  readonly style: StyleChoice;
  readonly isMarkdown: boolean;
}

/** One reference a line, ordered and numbered as the style demands. INPUT_INVALID where the style is none. */
export async function formatReferences(
  items: readonly CslItem[],
  { style, isMarkdown }: FormattingOptions,
): Promise<string> {
  if (items.length === 0) return '';
  const { plugins } = await import('@citation-js/core');
  await import('@citation-js/plugin-csl');
  const { styles } = plugins.config.get('@csl');
  const name = typeof style === 'string' ? style : `csl:${hash('sha256', style.csl, 'hex')}`;
  if (typeof style !== 'string' && !styles.has(name)) styles.add(name, checkedStyle(style.csl));
  const numbered = items.map((item, at) => ({ ...item, id: `r${at}` }));
  const format = isMarkdown ? 'html' : 'text';
  const output = styled(() =>
    plugins.output.format('bibliography', numbered, { style: name, lang: 'en-US', format }),
  );
  return isMarkdown ? markdownOf(output) : `${output.trim()}\n`;
}

function checkedStyle(csl: string): string {
  if (/<style\b[^>]*>[\s\S]*<bibliography\b[\s\S]*<\/style>\s*$/.test(csl)) return csl;
  throw new AppError('INPUT_INVALID', {
    message: 'The file is no CSL style with a bibliography.',
    remedy: 'Take an independent style from https://github.com/citation-style-language/styles.',
  });
}

/** The processor throws errors of every kind at a style that it cannot read. */
function styled(format: () => string): string {
  try {
    return format();
  } catch (error) {
    const message = `The style cannot be used: ${error instanceof Error ? error.message : String(error)}`;
    throw new AppError('INPUT_INVALID', { message: message.slice(0, 500) }, { cause: error });
  }
}

const ENTRY =
  /<div data-csl-entry-id="[^"]*" class="csl-entry">([\s\S]*?)<\/div>\s*(?=<div data-csl|<\/div>\s*$)/g;
const TAG = /<[^<>]*>/g;
const MARKS: Readonly<Record<string, string>> = { '<i>': '*', '</i>': '*', '<b>': '**', '</b>': '**' };
const ENTITIES: Readonly<Record<string, string>> = {
  '#38': '&',
  '#60': '<',
  '#62': '>',
  amp: '&',
  quot: '"',
};

/** The processor's HTML has a dozen forms, and every sign of a text that HTML could read is escaped in it. */
function markdownOf(html: string): string {
  const entries = [...html.matchAll(ENTRY)].map(([, entry = '']) => entry);
  return entries.map((entry) => `${markdownEntry(entry)}\n`).join('\n');
}

function markdownEntry(html: string): string {
  let markdown = '';
  let from = 0;
  for (const tag of html.matchAll(TAG)) {
    markdown += plainMarkdown(html.slice(from, tag.index)) + (MARKS[tag[0]] ?? separator(tag[0]));
    from = tag.index + tag[0].length;
  }
  return (markdown + plainMarkdown(html.slice(from))).replace(/\s+/g, ' ').trim();
}

/** The number of a reference stands in a box of its own. */
function separator(tag: string): string {
  return tag.startsWith('<div') ? ' ' : '';
}

function plainMarkdown(html: string): string {
  const text = html.replace(/&(#?\w+);/g, (whole, name: string) => ENTITIES[name] ?? whole);
  return markdownText(text);
}
