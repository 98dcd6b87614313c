/** The formats and the styles there are, and what each is called. Loads nothing, so that a help text can name them. */
import { AppError } from '../fault/app-error.ts';
import { nearestName } from '../text/nearest.ts';

/** `bibtex`, `ris` and `csl` (CSL-JSON) are for programs; `text` and `markdown` are references in a style. */
export const CITATION_FORMATS = ['bibtex', 'ris', 'csl', 'text', 'markdown'] as const;
export type CitationFormat = (typeof CITATION_FORMATS)[number];

/** The media type of each format. */
export const CITATION_MEDIA: Readonly<Record<CitationFormat, string>> = {
  bibtex: 'application/x-bibtex; charset=utf-8',
  ris: 'application/x-research-info-systems; charset=utf-8',
  csl: 'application/vnd.citationstyles.csl+json; charset=utf-8',
  text: 'text/plain; charset=utf-8',
  markdown: 'text/markdown; charset=utf-8',
};

/** The styles that come with citation-js. */
export const CITATION_STYLES = ['apa', 'vancouver', 'harvard1'] as const;
export type CitationStyle = (typeof CITATION_STYLES)[number];

/** A style by name, or the text of a `.csl` file. */
export type StyleChoice = CitationStyle | { readonly csl: string };

export interface CitationOptions {
  readonly format: CitationFormat;
  /** Of `text` and `markdown`; `apa` where it is left out. */
  readonly style?: StyleChoice;
  /** Whether `bibtex`, `ris` and `csl` hold the abstracts. They do not unless asked. */
  readonly withAbstracts?: boolean;
}

/** The style of this name. INPUT_INVALID with the names there are. */
export function citationStyle(name: string): CitationStyle {
  const style = CITATION_STYLES.find((known) => known === name);
  if (style !== undefined) return style;
  const near = nearestName(name.slice(0, 100), CITATION_STYLES);
  const hint = near === undefined ? '' : ` (did you mean ${near}?)`;
  throw new AppError('INPUT_INVALID', {
    message: `There is no style ${JSON.stringify(name.slice(0, 100))}${hint}.`,
    remedy: `Use ${CITATION_STYLES.join(', ')} or the path of a .csl file.`,
  });
}
