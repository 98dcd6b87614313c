/** What is being done to the index as the page is drawn; nothing where nothing is. */
import type { VNode } from 'preact';
import type { Work } from '../api/current-work.ts';
import { momentOf } from './moment.ts';
import { STRINGS } from './strings.ts';

const WORDS = STRINGS.status;
const STAGES: Readonly<Record<string, string>> = WORDS.stages;

export function WorkList({ work }: { readonly work: readonly Work[] }): VNode | null {
  if (work.length === 0) return null;
  return (
    <section>
      <h2>{WORDS.work}</h2>
      <ul class="work">
        {work.map(({ stage, done, total, started }) => {
          const name = STAGES[stage] ?? WORDS.otherWork;
          return (
            <li key={stage + started}>
              <span>{name}</span>
              {total !== null && total > 0 && (
                <progress max={total} value={Math.min(done, total)} aria-label={name} />
              )}
              <span class="quiet">{WORDS.workDone(done, total)}</span>
              <span class="quiet">{WORDS.since(momentOf(started))}</span>
            </li>
          );
        })}
      </ul>
    </section>
  );
}
