/** Whether an index is as it should be, and what a person should do where it is not. The command line prints the same. */
import type { EngineStatus } from '../engine/engine.ts';
import { sourceNotes } from '../sync/source-notes.ts';
import type { Subscription } from '../sync/subscription.ts';

export interface Health {
  readonly ok: boolean;
  /** A sentence for each thing that is not as it should be. */
  readonly notes: readonly string[];
}

export interface HealthEvidence {
  readonly status: Pick<EngineStatus, 'papers' | 'embedded'>;
  readonly sources: readonly Subscription[];
  /** Somebody is at work on the index, by whom papers that wait may be embedded. */
  readonly isAtWork?: boolean;
  /** Messages of alerts that were given up. */
  readonly deadMessages?: number;
}

export function healthOf(
  { status, sources, isAtWork = false, deadMessages = 0 }: HealthEvidence,
  nowMs: number,
): Health {
  const waiting = status.papers - status.embedded;
  const notes = [
    ...(waiting === 0 ? [] : [waitingNote(waiting, isAtWork)]),
    ...sourceNotes(sources, nowMs),
    ...(deadMessages === 0 ? [] : [deadNote(deadMessages)]),
  ];
  return { ok: notes.length === 0, notes };
}

function waitingNote(papers: number, isAtWork: boolean): string {
  const what = papers === 1 ? '1 paper' : `${papers.toLocaleString('en-US')} papers`;
  const advice = isAtWork ? '' : ' Run the last `pharos add` or `pharos sync` again.';
  return `${what} not embedded yet: found by words only.${advice}`;
}

function deadNote(messages: number): string {
  const what = messages === 1 ? '1 message' : `${messages.toLocaleString('en-US')} messages`;
  return `${what} of alerts not delivered: \`pharos alert list\` tells which.`;
}
