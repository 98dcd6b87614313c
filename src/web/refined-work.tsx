/** The work around a paper, and the ways to bend it: more like this one, less like that one, all of it by address. */
import type { VNode } from 'preact';
import type { Paper } from '../paper/paper.ts';
import type { Hit } from '../search/answer.ts';
import { paperAddress } from './addresses.ts';
import { HitList } from './hit-list.tsx';
import { Keep } from './keep-forms.tsx';
import type { Keeping } from './reader.ts';
import { STRINGS } from './strings.ts';
import { Typeset } from './typeset.tsx';

/** Papers that the related work is to be near to, beside the paper of the page, and far from. */
export interface Refinement {
  readonly more: readonly Paper[];
  readonly less: readonly Paper[];
}

export interface RefinedWorkProps {
  readonly paper: Paper;
  readonly related: readonly Hit[];
  readonly refinement: Refinement;
  /** What its reader keeps of the papers; undefined where nobody is known. */
  readonly kept?: Keeping | undefined;
}

const PLACE = 'related';
const WAYS = ['more', 'less'] as const;
type Way = (typeof WAYS)[number];

export function RefinedWork({ paper, related, refinement, kept }: RefinedWorkProps): VNode {
  const actionsOf = ({ paper: hit }: Hit) => (
    <div class="links">
      {WAYS.map((way) => (
        <a key={way} href={addressWith(paper, refinement, { way, example: hit })} rel="nofollow">
          {STRINGS.paper[way]}
          <span class="unseen" dir="auto">{`: ${hit.title}`}</span>
        </a>
      ))}
      {kept && <Keep paper={hit} keeping={kept} />}
    </div>
  );
  return (
    <section id={PLACE}>
      <h2>{STRINGS.paper.related}</h2>
      <Chosen paper={paper} refinement={refinement} />
      {related.length === 0 ? (
        <p>{STRINGS.paper.noRelated}</p>
      ) : (
        <HitList hits={related} actionsOf={actionsOf} />
      )}
    </section>
  );
}

function Chosen({ paper, refinement }: Omit<RefinedWorkProps, 'related'>): VNode | null {
  if (WAYS.every((way) => refinement[way].length === 0)) return null;
  return (
    <div class="refinement">
      <ul>
        {WAYS.flatMap((way) =>
          refinement[way].map((example) => (
            <li key={way + example.id}>
              <span class="quiet">{`${STRINGS.paper.ways[way]} `}</span>
              <span dir="auto">
                <Typeset text={example.title} />
              </span>{' '}
              <a
                href={addressWithout(paper, refinement, example)}
                aria-label={STRINGS.search.remove(example.title)}
              >
                ×
              </a>
            </li>
          )),
        )}
      </ul>
      <a href={`${paperAddress(paper.id)}#${PLACE}`}>{STRINGS.paper.unrefined}</a>
    </div>
  );
}

interface Wish {
  readonly way: Way;
  readonly example: Paper;
}

/** What was wished last of a paper counts. */
function addressWith(paper: Paper, refinement: Refinement, { way, example }: Wish): string {
  const rest = without(refinement, example);
  return addressOf(paper, { ...rest, [way]: [...rest[way], example] });
}

function addressWithout(paper: Paper, refinement: Refinement, example: Paper): string {
  return addressOf(paper, without(refinement, example));
}

function without({ more, less }: Refinement, { id }: Paper): Refinement {
  const isOther = (paper: Paper) => paper.id !== id;
  return { more: more.filter(isOther), less: less.filter(isOther) };
}

function addressOf(paper: Paper, refinement: Refinement): string {
  const pairs = WAYS.flatMap((way) => refinement[way].map(({ id }) => [way, id]));
  const query = pairs.length === 0 ? '' : `?${new URLSearchParams(pairs)}`;
  return `${paperAddress(paper.id)}${query}#${PLACE}`;
}
