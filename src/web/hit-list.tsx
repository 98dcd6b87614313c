/** Hits of a search or of related work, each with why it is there. */
import type { VNode } from 'preact';
import type { Hit, Match } from '../search/answer.ts';
import { paperAddress } from './addresses.ts';
import { Categories, Facts } from './paper-pieces.tsx';
import { STRINGS } from './strings.ts';
import { Typeset } from './typeset.tsx';

export interface HitListProps {
  readonly hits: readonly Hit[];
  readonly start?: number;
  /** What can be done with a hit. */
  readonly actionsOf?: (hit: Hit) => VNode;
}

export function HitList({ hits, start = 1, actionsOf }: HitListProps): VNode {
  return (
    <ol class="hits" start={start} data-hits>
      {hits.map((hit) => (
        <HitItem key={hit.paper.id} hit={hit} actions={actionsOf?.(hit)} />
      ))}
    </ol>
  );
}

interface HitItemProps {
  readonly hit: Hit;
  readonly actions: VNode | undefined;
}

function HitItem({ hit: { paper, match, others }, actions }: HitItemProps): VNode {
  const { id, title, abstract } = paper;
  return (
    <li>
      <article data-paper={id}>
        <h2 dir="auto">
          <a href={paperAddress(id)}>
            <Typeset text={title} />
          </a>
        </h2>
        <Facts paper={paper} />
        <Categories paper={paper} />
        {match.passage && (
          <p class="passage" dir="auto">
            <Typeset text={match.passage.text} marks={match.passage.highlights} />
          </p>
        )}
        <div class="under">
          <Why match={match} />
          {actions}
          {abstract !== '' && (
            <details class="abstract" data-abstract>
              <summary>{STRINGS.paper.showAbstract}</summary>
              <p dir="auto">
                <Typeset text={abstract} />
              </p>
            </details>
          )}
          {others.length > 0 && (
            <details class="others">
              <summary>{`${STRINGS.paper.others} (${others.length})`}</summary>
              <ul>
                {others.map((other) => (
                  <li key={other.id}>
                    <a href={paperAddress(other.id)} dir="auto">
                      <Typeset text={other.title} />
                    </a>{' '}
                    <code>{other.id}</code>
                  </li>
                ))}
              </ul>
            </details>
          )}
        </div>
      </article>
    </li>
  );
}

function Why({ match }: { readonly match: Match }): VNode {
  const { similarity } = match;
  return (
    <p class="why">
      <span>{reasonOf(match)}</span>
      {similarity !== null && (
        <meter
          min={0}
          max={1}
          value={Math.max(0, similarity)}
          aria-label={STRINGS.match.similarity(similarity)}
          title={STRINGS.match.similarity(similarity)}
        />
      )}
    </p>
  );
}

function reasonOf({ exact, lexicalRank, semanticRank }: Match): string {
  if (exact !== null) return STRINGS.match[exact];
  if (lexicalRank === null) return STRINGS.match.meaning;
  return semanticRank === null ? STRINGS.match.words : STRINGS.match.both;
}
