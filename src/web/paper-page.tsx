/** `/papers/{id}`: everything that is known of one paper, and the work around it. */
import type { VNode } from 'preact';
import { CITATION_FORMATS } from '../citations/citation-formats.ts';
import { type FieldSource, UNKNOWN_SOURCE } from '../paper/merge-records.ts';
import type { Paper, PaperId } from '../paper/paper.ts';
import type { OtherPaper } from '../search/answer.ts';
import { authorAddress, paperAddress } from './addresses.ts';
import { EntryForm, Keep, type KeepProps, ReadForm } from './keep-forms.tsx';
import { Categories, DateOf, isWeb } from './paper-pieces.tsx';
import { readableDate } from './readable-date.ts';
import { RefinedWork, type RefinedWorkProps } from './refined-work.tsx';
import { STRINGS } from './strings.ts';
import { Typeset } from './typeset.tsx';

export interface PaperPageProps extends RefinedWorkProps {
  readonly bibtex: string;
  /** Under which sources have it, too. */
  readonly otherIds: readonly PaperId[];
  /** Who tells of it, and since when. */
  readonly sources: readonly FieldSource[];
  /** Other papers of the same work. */
  readonly versions: readonly OtherPaper[];
}

const ARXIV = /^(?:\d{4}\.\d{4,5}|[a-z-]+(?:\.[A-Z]{2})?\/\d{7})$/;

export function PaperPage(props: PaperPageProps): VNode {
  const { paper, related, refinement, bibtex, versions, kept } = props;
  const { title, abstract, abstractBy, venue, keywords = [] } = paper;
  return (
    <>
      <article class="paper" data-paper={paper.id}>
        <h1 dir="auto">
          <Typeset text={title} />
        </h1>
        <People paper={paper} />
        <p class="facts">
          <DateOf date={paper.published} />
          {venue && (
            <span class="venue" dir="auto">
              {venue}
            </span>
          )}
          {paper.version !== undefined && <span>{STRINGS.paper.version(paper.version)}</span>}
          {paper.upvotes !== undefined && <span>{STRINGS.paper.upvotes(paper.upvotes)}</span>}
          {paper.comments !== undefined && <span>{STRINGS.paper.comments(paper.comments)}</span>}
        </p>
        <Categories paper={paper} />
        <h2 class="unseen">{STRINGS.paper.abstract}</h2>
        <p class="text" dir="auto">
          {abstract === '' ? STRINGS.paper.noAbstract : <Typeset text={abstract} />}
        </p>
        {abstractBy && (
          <p class="quiet" dir="auto">
            {STRINGS.paper.abstractBy(abstractBy)}
          </p>
        )}
        {keywords.length > 0 && (
          <p class="quiet" dir="auto">{`${STRINGS.paper.keywords}: ${keywords.join(', ')}`}</p>
        )}
        <Links paper={paper} />
        {kept && <KeptHere paper={paper} keeping={kept} />}
        <Names {...props} />
        {versions.length > 0 && <Versions versions={versions} />}
        <Cite paper={paper} bibtex={bibtex} />
      </article>
      <RefinedWork {...{ paper, related, refinement, kept }} />
    </>
  );
}

/** Keeping it, and what is kept of it. */
function KeptHere({ paper, keeping }: KeepProps): VNode {
  const entry = keeping.saved.get(paper.id);
  if (!entry) return <Keep paper={paper} keeping={keeping} />;
  const { back } = keeping;
  return (
    <section class="kept-here" aria-label={STRINGS.library.title}>
      {entry.note !== '' && (
        <p class="note" dir="auto">
          {entry.note}
        </p>
      )}
      <div class="under">
        <Keep paper={paper} keeping={keeping} />
        {entry.tags.length > 0 && <span dir="auto">{entry.tags.join(', ')}</span>}
        <ReadForm entry={entry} back={back} />
        <EntryForm entry={entry} back={back} />
      </div>
    </section>
  );
}

function People({ paper: { authors, authorCount } }: { readonly paper: Paper }): VNode | null {
  if (authors.length === 0) return null;
  const more = (authorCount ?? 0) > authors.length;
  return (
    <ul class="people">
      {authors.map((name) => (
        <li key={name}>
          <a href={authorAddress(name)} dir="auto">
            {name}
          </a>
        </li>
      ))}
      {more && <li class="quiet">{STRINGS.paper.authors(authorCount ?? 0)}</li>}
    </ul>
  );
}

function Links({ paper }: { readonly paper: Paper }): VNode {
  const links = linksOf(paper);
  return (
    <p class="links">
      {links.map(([name, address]) => (
        <a key={name} href={address} rel="noreferrer noopener">
          {name}
        </a>
      ))}
      <a href={`/api/v1/papers/${paperAddress(paper.id).slice('/papers/'.length)}`}>{STRINGS.paper.json}</a>
      <a href={paperAddress(paper.id, '.md')}>{STRINGS.paper.markdown}</a>
    </p>
  );
}

function Names({ paper: { id, doi }, otherIds, sources }: PaperPageProps): VNode {
  const ids = new Set([id, ...(doi === undefined ? [] : [doi]), ...otherIds]);
  const told = new Set(sources.filter(({ source }) => source !== UNKNOWN_SOURCE).map(nameOf));
  return (
    <p class="quiet" dir="auto">
      {STRINGS.paper.ids} {[...ids].map((one, at) => [at > 0 && ', ', <code key={one}>{one}</code>])}
      {told.size > 0 && `. ${STRINGS.paper.toldBy([...told].join(', '))}`}
    </p>
  );
}

function nameOf({ source, taken }: FieldSource): string {
  return taken === undefined ? source : `${source} (${readableDate(taken)})`;
}

function Versions({ versions }: Pick<PaperPageProps, 'versions'>): VNode {
  return (
    <section class="versions">
      <h2>{STRINGS.paper.others}</h2>
      <ul>
        {versions.map(({ id, title, why }) => (
          <li key={id}>
            <a href={paperAddress(id)} dir="auto">
              <Typeset text={title} />
            </a>{' '}
            <code>{id}</code> <span class="quiet">{STRINGS.paper.sameBy[why]}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}

function Cite({ paper, bibtex }: Pick<PaperPageProps, 'paper' | 'bibtex'>): VNode {
  const address = `/api/v1/papers/${paperAddress(paper.id).slice('/papers/'.length)}/cite`;
  return (
    <details class="cite" data-cite-box>
      <summary data-cite>{STRINGS.paper.cite}</summary>
      <pre tabindex={0}>{bibtex}</pre>
      <p class="links">
        <button type="button" data-copy hidden>
          {STRINGS.paper.copy}
        </button>
        {CITATION_FORMATS.map((format) => (
          <a key={format} href={`${address}?format=${format}`}>
            {STRINGS.paper.formats[format]}
          </a>
        ))}
      </p>
    </details>
  );
}

function linksOf({ id, url, doi, code }: Paper): [name: string, address: string][] {
  const links: [string, string][] = [];
  if (url !== undefined && isWeb(url)) links.push([STRINGS.paper.page, url]);
  if (ARXIV.test(id)) links.push([STRINGS.paper.pdf, `https://arxiv.org/pdf/${id}`]);
  if (doi !== undefined) links.push(['DOI', `https://doi.org/${encodeURI(doi)}`]);
  if (code !== undefined && isWeb(code)) links.push([STRINGS.paper.code, code]);
  return links;
}
