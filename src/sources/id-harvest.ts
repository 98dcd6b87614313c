/** Papers that are asked for by their names, so many at a time. */
import type { RawPaper } from '../paper/raw-paper.ts';
import { readPosition, writePosition } from './position.ts';
import type { SourceBatch, SourceRequest } from './source.ts';
import { faultRow, sourceRow } from './source-row.ts';

export interface FoundPapers {
  /** As many as were asked for, in their order; undefined for one that the service does not have. */
  readonly records: readonly (RawPaper | undefined)[];
  readonly isDamaged: boolean;
}

export interface IdHarvest {
  /** Of the source: what the places of the rows begin with. */
  readonly name: string;
  /** `Crossref`: of whom it is said that a paper is unknown. */
  readonly service: string;
  /** In the form in which they are asked for, which is what `ask` is given. */
  readonly ids: readonly string[];
  readonly idsARequest: number;
  readonly ask: (ids: readonly string[]) => Promise<FoundPapers>;
}

/** An id that is unknown is a fault. Once all were asked for, the next call begins anew: records change. */
export async function* idHarvest(
  { name, service, ids, idsARequest, ask }: IdHarvest,
  { target, position }: SourceRequest,
): AsyncGenerator<SourceBatch> {
  const file = `${name}:${target}`;
  const begin = readPosition(position).number('asked') ?? 0;
  for (let at = begin; at < ids.length; at += idsARequest) {
    const asked = ids.slice(at, at + idsARequest);
    const { records, isDamaged } = await ask(asked);
    const rows = asked.map((id, index) => {
      const place = { file, line: at + index + 1 };
      const record = records[index];
      return record
        ? sourceRow(place, record, { isDamaged })
        : faultRow(place, `${service} has no paper ${id}`);
    });
    const next = at + asked.length;
    yield {
      rows,
      position: writePosition({ asked: next < ids.length ? next : 0 }),
      total: ids.length - begin,
    };
  }
}

/** An id as a part of an address; its slashes and colons stay, as services write them. */
export function asPath(id: string): string {
  return encodeURIComponent(id).replaceAll('%2F', '/').replaceAll('%3A', ':');
}
