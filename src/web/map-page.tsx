/**
 * `/map`: the picture, which the script brings, and beside it the regions as a list, which needs none. Each region is a
 * link to the search for its words.
 */
import type { VNode } from 'preact';
import type { MapHead, MapRegion } from '../map/paper-map.ts';
import { searchAddress } from './addresses.ts';
import { STRINGS } from './strings.ts';

export interface MapPageProps {
  readonly head: Pick<MapHead, 'categories' | 'years' | 'regions'>;
  /** On the map. */
  readonly papers: number;
  /** False where papers came or went since. */
  readonly isCurrent: boolean;
  readonly query: string;
  /** What the question found: how many papers, and the points of the first. */
  readonly lit?: { readonly total: number; readonly docIds: readonly number[] };
}

/** Of the words of a region so many are its name, and its question. */
const NAME_WORDS = 3;

export function MapPage({ head, papers, isCurrent, query, lit }: MapPageProps): VNode {
  return (
    <div class="results map-page">
      <div class="list">
        <h1>{STRINGS.map.title}</h1>
        <form action="/map" class="paste map-ask">
          <label>
            <span class="unseen">{STRINGS.map.ask}</span>
            <input name="q" type="search" value={query} placeholder={STRINGS.map.ask} maxLength={4_000} />
          </label>
          <button type="submit">{STRINGS.map.button}</button>
        </form>
        <p class="quiet" role="status">
          {lit ? STRINGS.map.lit(lit.docIds.length, lit.total) : STRINGS.map.papers(papers)}
          {!isCurrent && ` ${STRINGS.map.outdated}`}
        </p>
        {lit && (
          <p>
            <a href={searchAddress({ q: query })}>{STRINGS.map.asList}</a> ·{' '}
            <a href="/map">{STRINGS.map.unlit}</a>
          </p>
        )}
        <Picture head={head} lit={lit?.docIds} />
      </div>
      <aside class="facets" aria-label={STRINGS.map.regions}>
        <section>
          <h2>{STRINGS.map.regions}</h2>
          <ul>
            {head.regions.map((region) => (
              <Region key={`${region.x} ${region.y}`} region={region} />
            ))}
          </ul>
        </section>
      </aside>
    </div>
  );
}

function Region({ region: { words, x, y, papers } }: { readonly region: MapRegion }): VNode {
  const name = words.slice(0, NAME_WORDS);
  return (
    <li>
      <a href={searchAddress({ q: name.join(' ') })} data-region data-x={x} data-y={y}>
        <span dir="auto">{name.join(', ')}</span> <span class="count">{papers.toLocaleString('en-GB')}</span>
      </a>
    </li>
  );
}

interface PictureProps extends Pick<MapPageProps, 'head'> {
  readonly lit: readonly number[] | undefined;
}

/** Where nothing can be drawn, a line says so in its place. */
function Picture({ head, lit }: PictureProps): VNode {
  const spans = head.years.map(({ from, to }) => (from === to ? `${from}` : `${from} – ${to}`));
  return (
    <>
      <noscript>
        <p class="notes">{STRINGS.map.noScript}</p>
      </noscript>
      <p class="notes" role="alert" hidden data-map-unable>
        {STRINGS.map.unable}
      </p>
      <figure class="map" data-map data-lit={lit?.join(',')}>
        <div class="map-frame">
          <div
            class="map-stage"
            tabindex={0}
            role="application"
            aria-label={STRINGS.map.canvas}
            aria-describedby="map-help"
          >
            <canvas />
          </div>
          <div class="map-labels" aria-hidden="true" data-map-labels />
          <div class="map-aim" aria-hidden="true" hidden data-map-aim />
          <div aria-live="polite">
            <a class="map-card" href="/map" tabindex={-1} dir="auto" hidden data-map-card>
              {STRINGS.map.title}
            </a>
          </div>
          <div class="map-buttons">
            <button type="button" aria-label={STRINGS.map.nearer} data-map-nearer>
              +
            </button>
            <button type="button" aria-label={STRINGS.map.farther} data-map-farther>
              −
            </button>
            <button type="button" aria-label={STRINGS.map.whole} data-map-whole>
              ⤢
            </button>
          </div>
        </div>
        <figcaption>
          <fieldset class="map-by">
            <legend class="unseen">{STRINGS.map.by}</legend>
            <label>
              <input type="radio" name="by" value="category" checked data-map-by /> {STRINGS.map.category}
            </label>
            <label>
              <input type="radio" name="by" value="year" data-map-by /> {STRINGS.map.year}
            </label>
            <Legend name="category" prefix="map" entries={head.categories} rest={STRINGS.map.others} />
            <Legend name="year" prefix="map-year" entries={spans} rest={STRINGS.map.undated} />
          </fieldset>
          <p class="quiet" id="map-help">
            <span class="by-mouse">{STRINGS.map.help}</span>
            <span class="by-touch">{STRINGS.map.touchHelp}</span>
          </p>
        </figcaption>
      </figure>
    </>
  );
}

interface LegendProps {
  readonly name: 'category' | 'year';
  /** Of the classes that hold the colours, by number. */
  readonly prefix: string;
  readonly entries: readonly string[];
  readonly rest: string;
}

function Legend({ name, prefix, entries, rest }: LegendProps): VNode {
  return (
    <ul class={`legend legend-${name}`}>
      {[rest, ...entries].map((entry, number) => (
        <li key={entry}>
          <svg viewBox="0 0 10 10" class={`${prefix}-${number}`} aria-hidden="true">
            <circle cx="5" cy="5" r="4.5" />
          </svg>
          <span dir="auto">{entry}</span>
        </li>
      ))}
    </ul>
  );
}
