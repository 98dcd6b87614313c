/** A source on the command line: who asks, where, from which position on, and what the indexer is to make of it. */
import { join, resolve } from 'node:path';
import { cacheFolder } from '../config/cache-folder.ts';
import { proxiesIn } from '../config/proxies.ts';
import type { Settings } from '../config/settings.ts';
import { AppError } from '../fault/app-error.ts';
import type { PoliteClient } from '../http/polite-client.ts';
import type { Lane } from '../http/turnstile.ts';
import type { Incoming, IncomingRow, Withdrawal } from '../indexer/store-papers.ts';
import { openSource, type SourceSpec } from '../sources/registry.ts';
import type { Source, SourceContext, SourceDescription, SourceRow } from '../sources/source.ts';
import { duration } from './layout.ts';
import type { Scene } from './open-model.ts';
import { packageVersion } from './package-version.ts';

const MAIL_ADDRESS = /^[^\s:@/]+@[^\s:@/]+$/;

export interface SourceRowsOptions extends Scene {
  /** What tells this harvest from others of the same target, such as filters on what it brings. */
  readonly variant: string;
  readonly since?: string | undefined;
  /** All that the command reads comes from here and is kept, so that totals say something. */
  readonly isAlone: boolean;
  /** Begins from nothing, whatever was harvested before. */
  readonly isAnew: boolean;
  readonly signal: AbortSignal;
}

export interface WantedSource {
  readonly source: Source;
  readonly spec: SourceSpec;
}

/** Throws INPUT_INVALID for a target that is none, before anything is asked. */
export async function wantSource(spec: SourceSpec): Promise<WantedSource> {
  const source = await openSource(spec.name);
  source.check(spec.target);
  return { source, spec };
}

export async function* sourceRows(
  { source, spec }: WantedSource,
  { io, settings, variant, since, isAlone, isAnew, signal }: SourceRowsOptions,
): AsyncGenerator<Incoming> {
  const { HarvestPositions } = await import('../indexer/harvest-positions.ts');
  const positions = new HarvestPositions(resolve(settings.index));
  const key = `${spec.name}:${spec.target}${variant}`;
  const { context, close } = await openContext({ source, spec }, { io, settings, signal });
  try {
    const position = isAnew ? undefined : await positions.get(key);
    const request = { target: spec.target, since, position };
    for await (const batch of source.stream(request, context)) {
      for (const row of batch.rows) yield saidBy(source.description, row);
      yield {
        onStored: () => positions.set(key, batch.position),
        ...(isAlone && batch.total !== undefined && { total: batch.total }),
      };
    }
  } catch (error) {
    if (signal.aborted) throw new AppError('INTERRUPTED', {}, { cause: error });
    throw error;
  } finally {
    await close();
  }
}

/** The papers that a target names, each time all of them. */
export async function* namedRows(
  wanted: WantedSource,
  scene: Scene & { readonly signal: AbortSignal },
): AsyncGenerator<IncomingRow> {
  const { source, spec } = wanted;
  const { context, close } = await openContext(wanted, scene);
  try {
    for await (const { rows } of source.stream({ target: spec.target }, context)) {
      for (const row of rows) {
        const said = saidBy(source.description, row);
        if ('row' in said) yield said;
      }
    }
  } catch (error) {
    if (scene.signal.aborted) throw new AppError('INTERRUPTED', {}, { cause: error });
    throw error;
  } finally {
    await close();
  }
}

/** What a source is given, to be closed. */
async function openContext(
  { source, spec }: WantedSource,
  { io, settings, signal }: Scene & { readonly signal: AbortSignal },
): Promise<{ readonly context: SourceContext; readonly close: () => Promise<void> }> {
  const onNotice = (notice: string) => io.stderr.write(`${notice}\n`);
  const client = await openClient({ io, settings, signal, onNotice });
  const address = addressOf(source.description, settings);
  const key = keyOf(source.description, settings);
  const lane = source.laneFor?.(spec.target) ?? source.description.lane;
  const ask = client.askIn(laneOf({ ...source.description, lane }, address, key !== undefined));
  return { context: { ask, address, key, signal, onNotice }, close: () => client.close() };
}

/** Under the name that what a paper's sources say of it is kept by. */
function saidBy({ name, recordedAs = name }: SourceDescription, row: SourceRow): Withdrawal | IncomingRow {
  if ('deleted' in row) return { ...row, source: recordedAs };
  return { row: 'paper' in row ? { ...row, source: recordedAs } : row };
}

async function openClient({
  io,
  settings,
  signal,
  onNotice,
}: Scene & {
  readonly signal: AbortSignal;
  readonly onNotice: (notice: string) => void;
}): Promise<PoliteClient> {
  const { PoliteClient: Client } = await import('../http/polite-client.ts');
  return new Client({
    userAgent: userAgentOf(settings),
    lanesDir: join(cacheFolder(io.environment), 'pharos', 'lanes'),
    proxies: proxiesIn(io.environment),
    onTrouble: (reason, pauseMs) => onNotice(`${reason}; trying again in ${duration(pauseMs)}.`),
    signal,
  });
}

/** Services look for `mailto:` in it. */
function userAgentOf({ contact: given }: Settings): string {
  const contact = given !== undefined && MAIL_ADDRESS.test(given) ? `mailto:${given}` : given;
  return `Pharos/${packageVersion()} (search engine for research papers${contact === undefined ? '' : `; ${contact}`})`;
}

function addressOf({ name, address = '' }: SourceDescription, { sourceUrls }: Settings): string {
  return (namedIn(sourceUrls, name) ?? address).replace(/\/+$/, '');
}

/** Undefined for a source that has no use for one, whatever somebody gave. */
function keyOf({ name, key }: SourceDescription, { sourceKeys }: Settings): string | undefined {
  return key === 'none' ? undefined : namedIn(sourceKeys, name);
}

/** What a list of NAME=VALUE says of the name; the last one given wins. */
function namedIn(entries: readonly string[], name: string): string | undefined {
  return entries.findLast((entry) => nameIn(entry) === name)?.slice(name.length + 1);
}

function nameIn(entry: string): string {
  return entry.slice(0, entry.indexOf('='));
}

/** What runs on this machine is the user's own: nobody else counts its requests. A key may shorten the interval. */
export function laneOf(
  { lane, keyedIntervalMs }: SourceDescription,
  address: string,
  isKeyed: boolean,
): Lane {
  const host = URL.canParse(address) ? new URL(address).hostname : '';
  const isHere = ['localhost', '127.0.0.1', '[::1]'].includes(host);
  if (isHere) return { name: `${lane.name}-here`, intervalMs: 0 };
  return isKeyed ? { ...lane, intervalMs: keyedIntervalMs ?? lane.intervalMs } : lane;
}

/** INPUT_INVALID where a setting names a source that there is none of. */
export function requireKnownSources({ sourceUrls, sourceKeys }: Settings, names: readonly string[]): void {
  const wrong = [
    ...sourceUrls.filter((entry) => !names.includes(nameIn(entry))).map((entry) => `--source-url ${entry}`),
    ...sourceKeys
      .filter((entry) => !names.includes(nameIn(entry)))
      .map((entry) => `--source-key ${nameIn(entry)}=***`),
  ];
  const [first] = wrong;
  if (first === undefined) return;
  throw new AppError('INPUT_INVALID', {
    message: `${first}: ${nameIn(first).replace(/^.* /, '')} is not a source of papers`,
    remedy: `Name one of ${names.join(', ')}.`,
  });
}
