/** A source that somebody wants to follow, checked before it is written down. */
import type { Settings } from '../config/settings.ts';
import { AppError } from '../fault/app-error.ts';
import { parseSourceSpec, SOURCE_NAMES } from '../sources/registry.ts';
import { readSchedule } from '../sync/schedule.ts';
import type { Subscription } from '../sync/subscription.ts';
import { requireKnownSources, wantSource } from './source-rows.ts';

export interface NewSubscriptionOptions {
  readonly settings: Settings;
  readonly every: string;
  readonly from?: string;
  readonly category?: string[];
}

const NAME = /^[a-z0-9][a-z0-9._-]{0,39}$/i;

/** INPUT_INVALID for a name, a source or a schedule that is none. Nothing is asked of the source. */
export async function newSubscription(
  name: string,
  spec: string,
  { settings, every, from, category }: NewSubscriptionOptions,
): Promise<Subscription> {
  requireKnownSources(settings, SOURCE_NAMES);
  if (!NAME.test(name)) {
    throw new AppError('INPUT_INVALID', {
      message: `${name} cannot be the name of a source`,
      remedy: 'Take letters, digits, dots, hyphens and underscores, at most 40, such as nlp-daily.',
    });
  }
  const parsed = parseSourceSpec(spec);
  if (parsed === undefined) {
    throw new AppError('INPUT_INVALID', {
      message: `${spec} is not a source of papers`,
      remedy: `Name one of ${SOURCE_NAMES.map((one) => `${one}:`).join(', ')} and what is wanted of it; docs/sources.md has examples.`,
    });
  }
  await wantSource(parsed);
  return {
    name,
    spec: `${parsed.name}:${parsed.target}`,
    schedule: readSchedule(every),
    ...(from !== undefined && { from }),
    ...(category && { categories: category }),
    isPaused: false,
    added: new Date().toISOString(),
    failures: 0,
  };
}

/** INPUT_INVALID where the name is taken, or another source brings the very same. */
export function withNew(all: readonly Subscription[], added: Subscription): Subscription[] {
  if (all.some(({ name }) => name === added.name)) {
    throw new AppError('INPUT_INVALID', {
      message: `there is a source ${added.name} already`,
      remedy: `Take another name, or remove that one first: \`pharos source remove ${added.name}\`.`,
    });
  }
  const same = all.find((one) => wishOf(one) === wishOf(added));
  if (same === undefined) return [...all, added];
  throw new AppError('INPUT_INVALID', {
    message: `the source ${same.name} brings the same`,
    remedy: `Remove that one first: \`pharos source remove ${same.name}\`.`,
  });
}

/** Two with the same wish would share one position, and each would get a part of the news. */
function wishOf({ spec, from, categories }: Subscription): string {
  return JSON.stringify([spec, from, categories]);
}
