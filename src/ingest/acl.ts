/**
 * XML of the ACL Anthology: a collection of volumes, read one paper at a time. What a volume says of itself stands
 * before its papers. Format: https://github.com/acl-org/acl-anthology/blob/master/data/xml/schema.rnc
 */
import { type AclVolume, aclPaper, aclVolume } from './acl-paper.ts';
import { closed, elementBoundary } from './element-boundary.ts';
import { frames } from './frames.ts';
import { readRows } from './read-rows.ts';
import type { Row } from './row.ts';
import { parseElement } from './xml-element.ts';

const RECORDS = ['meta', 'frontmatter', 'paper'];
const PAPER_START = /<paper[\s>]/;
const COLLECTION = /<collection\s+id\s*=\s*["']([^"']+)["']/;
const VOLUME = /<volume\s[^<>]*>/;
const ID = /\sid\s*=\s*["']([^"']+)["']/;
const META = '<meta>';

/** Whether a text begins like a collection of the Anthology. */
export function isAcl(head: string): boolean {
  const start = head.slice(0, 4_096);
  return COLLECTION.test(start) && /<volume\s/.test(start);
}

/** One Row for each paper; front matter is none. */
export function readAcl(chunks: AsyncIterable<Buffer>, file: string): AsyncGenerator<Row> {
  let collection = '';
  let volume: AclVolume | undefined;
  return readRows(frames(chunks, { boundary: elementBoundary(RECORDS) }), file, (row) => {
    const text = closed(row);
    collection = COLLECTION.exec(text)?.[1] ?? collection;
    const id = ID.exec(VOLUME.exec(text)?.[0] ?? '')?.[1];
    const meta = text.indexOf(META);
    // Events have one too, behind the volumes.
    if (meta >= 0 && id !== undefined) {
      volume = aclVolume(`${collection}-${id}`, parseElement(text.slice(meta)));
    }
    const start = text.search(PAPER_START);
    return start < 0 ? undefined : aclPaper(parseElement(text.slice(start)), volume);
  });
}
