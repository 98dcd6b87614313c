/**
 * Whole archives of arXiv, and what changed in them since, by the protocol made for it: OAI-PMH 2.0.
 * Sources: https://info.arxiv.org/help/oa/index.html, https://www.openarchives.org/OAI/openarchivesprotocol.html
 */
import { AppError } from '../fault/app-error.ts';
import { ARXIV_LANE } from './arxiv-etiquette.ts';
import { type OaiAnswer, type OaiRecord, readOaiAnswer } from './oai-answer.ts';
import { readPosition, writePosition } from './position.ts';
import type {
  Source,
  SourceBatch,
  SourceContext,
  SourceDescription,
  SourceRequest,
  SourceRow,
} from './source.ts';
import { sourceRow } from './source-row.ts';
import { badTarget, dayParameter, firstDay, readTarget } from './target.ts';

const description: SourceDescription = {
  name: 'arxiv-oai',
  recordedAs: 'arxiv',
  title: 'arXiv, whole archives and what changed in them',
  takes: 'an archive, a category, or "all"; with from, until and format (arXivRaw or arXiv)',
  examples: ['arxiv-oai:cs?from=2026-11-01', 'arxiv-oai:math.CO', 'arxiv-oai:hep-th?format=arXiv'],
  address: 'https://oaipmh.arxiv.org/oai',
  lane: ARXIV_LANE,
  key: 'none',
  position: 'the token of the next page and the last date seen, or the day of the last complete harvest',
};

const FORMATS = ['arXivRaw', 'arXiv'];
const SET = /^[a-z]+(?:-[a-z]+)?(?::[a-z-]+)?(?::[A-Za-z-]+)?$/;
const CATEGORY = /^([a-z]+(?:-[a-z]+)?)\.([A-Za-z-]+)$/;
/** Archives that the protocol lists under physics. */
const OF_PHYSICS = new Set(
  'astro-ph cond-mat gr-qc hep-ex hep-lat hep-ph hep-th math-ph nlin nucl-ex nucl-th physics quant-ph'.split(
    ' ',
  ),
);
/** Greater than any date, so it stays. */
const UNORDERED = 'unordered';
/** Errors come with these statuses from some servers of the protocol. */
const ERROR_STATUSES = [400, 404, 422];

interface Harvest {
  readonly set: string | undefined;
  readonly format: string;
  readonly from: string | undefined;
  readonly until: string | undefined;
}

export const arxivOai: Source = {
  description,
  check: (target) => void harvestOf(target),
  stream: (request, context) => harvest(harvestOf(request.target), request, context),
};

function harvestOf(target: string): Harvest {
  const read = readTarget(target, description, ['from', 'until', 'format']);
  const format = read.parameters.get('format') ?? 'arXivRaw';
  if (!FORMATS.includes(format))
    throw badTarget(target, description, `needs format as ${FORMATS.join(' or ')}`);
  if (!SET.test(read.name) && !CATEGORY.test(read.name)) {
    throw badTarget(target, description, 'names no archive of arXiv');
  }
  return {
    set: read.name === 'all' ? undefined : setNamed(read.name),
    format,
    from: dayParameter(read, 'from', description),
    until: dayParameter(read, 'until', description),
  };
}

/** `cs.CL` -> `cs:cs:CL`, `hep-th` -> `physics:hep-th`; a name of the protocol stays. */
function setNamed(name: string): string {
  const [, archive = name, category] = CATEGORY.exec(name) ?? [];
  if (archive.includes(':')) return archive;
  const group = OF_PHYSICS.has(archive) ? 'physics' : archive;
  if (category !== undefined) return `${group}:${archive}:${category}`;
  return archive === group ? archive : `${group}:${archive}`;
}

/** Where a harvest stands. */
interface Progress {
  readonly token: string | undefined;
  readonly from: string | undefined;
  /** The last date seen, from which to go on when the token has expired; UNORDERED where dates fell on the way. */
  readonly stamp: string | undefined;
  /** When the service gave the first page: everything later is for the next harvest. */
  readonly began: string | undefined;
  readonly rows: number;
}

async function* harvest(
  wanted: Harvest,
  { target, since, position }: SourceRequest,
  { ask, address, onNotice, signal }: SourceContext,
): AsyncGenerator<SourceBatch> {
  const file = `${description.name}:${target}`;
  let progress: Progress | undefined = progressIn(position, wanted, since);
  while (progress && !isPast(wanted, progress)) {
    signal?.throwIfAborted();
    const url = `${address}?${questionFor(wanted, progress)}`;
    const answer: OaiAnswer = await ask(url, readOaiAnswer, { alsoFine: ERROR_STATUSES });
    if (answer.error?.code === 'badResumptionToken' && progress.token !== undefined) {
      const from: string | undefined =
        progress.stamp === UNORDERED ? progress.from : (progress.stamp ?? progress.from);
      onNotice?.(`The harvest of ${file} has expired; it goes on from ${from ?? 'its beginning'}.`);
      progress = { ...progress, token: undefined, from };
      continue;
    }
    requireRecords(answer, target);
    const rows = rowsOf(answer, { file, after: progress.rows });
    const next: Progress = following(progress, answer);
    yield {
      rows,
      position: positionOf(next),
      ...(answer.total !== undefined && position === undefined && { total: answer.total }),
    };
    progress = next.token === undefined ? undefined : next;
  }
}

function progressIn(position: string | undefined, { from }: Harvest, since: string | undefined): Progress {
  const before = readPosition(position);
  const asked = from ?? (since && firstDay(since));
  return {
    token: before.text('token'),
    from: before.text('from') ?? asked,
    stamp: before.text('stamp'),
    began: before.text('began'),
    rows: before.number('rows') ?? 0,
  };
}

function positionOf({ token, from, stamp, began, rows }: Progress): string {
  // Both ends of a range belong to it, and a day is the finest that arXiv tells apart.
  return token === undefined
    ? writePosition({ from: began?.slice(0, 10) })
    : writePosition({ token, from, stamp, began, rows });
}

function questionFor({ set, format, until }: Harvest, { token, from }: Progress): URLSearchParams {
  if (token !== undefined) return new URLSearchParams({ verb: 'ListRecords', resumptionToken: token });
  return new URLSearchParams({
    verb: 'ListRecords',
    metadataPrefix: format,
    ...(set !== undefined && { set }),
    ...(from !== undefined && { from }),
    ...(until !== undefined && { until }),
  });
}

/** A range that ends before it begins has been harvested. */
function isPast({ until }: Harvest, { token, from = '' }: Progress): boolean {
  return token === undefined && until !== undefined && from > until;
}

/** That no record matches is an answer like any other. */
function requireRecords({ error }: OaiAnswer, target: string): void {
  if (error === undefined || error.code === 'noRecordsMatch') return;
  const message = `arXiv refuses ${description.name}:${target}: ${error.message} (${error.code})`;
  if (error.code === 'badArgument') throw badTarget(target, description, `is refused: ${error.message}`);
  throw new AppError('SOURCE_FAILED', { message });
}

function rowsOf(
  { records, isDamaged }: OaiAnswer,
  { file, after }: { readonly file: string; readonly after: number },
): SourceRow[] {
  return records.map((record, at): SourceRow => {
    const place = { file, line: after + at + 1 };
    return 'deleted' in record
      ? { place, deleted: record.deleted }
      : sourceRow(place, record.raw, { isDamaged });
  });
}

function following(progress: Progress, { records, token, responseDate }: OaiAnswer): Progress {
  return {
    token,
    from: progress.from,
    stamp: lastStamp(records, progress.stamp),
    began: progress.began ?? responseDate,
    rows: progress.rows + records.length,
  };
}

/** Only where dates never fall can a harvest go on from the last one; else it has to begin again. */
function lastStamp(records: readonly OaiRecord[], before: string | undefined): string | undefined {
  let last = before;
  for (const { stamp } of records) {
    if (last !== undefined && stamp < last) return UNORDERED;
    last = stamp;
  }
  return last;
}
