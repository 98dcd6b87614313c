/** A copy of the ACL Anthology with papers of our own: the folder of its repository, and an archive of it. */
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { create } from 'tar';
import type { StandInPaper } from './stand-in-services.ts';
import { escaped } from './stand-in-xml.ts';

const FILE_SIZE = 10;

/** Ids of the papers in the Anthology. */
export function anthologyIds(papers: readonly StandInPaper[]): string[] {
  return papers.map((_, at) => `${yearOf(at)}.acl-long.${(at % FILE_SIZE) + 1}`);
}

/** Makes `acl-anthology/data/xml` and `acl-anthology.tar.gz` in the folder. */
export async function writeAnthology(dir: string, papers: readonly StandInPaper[]): Promise<void> {
  const folder = join(dir, 'acl-anthology', 'data', 'xml');
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, 'sitemap.xml'), '<urlset><url>x</url></urlset>');
  await writeFile(join(folder, 'README.md'), 'Not XML.');
  for (let at = 0; at < papers.length; at += FILE_SIZE) {
    const xml = collection(yearOf(at), papers.slice(at, at + FILE_SIZE));
    await writeFile(join(folder, `${yearOf(at)}.acl.xml`), xml);
  }
  await create({ cwd: dir, file: join(dir, 'acl-anthology.tar.gz'), gzip: true }, ['acl-anthology']);
}

function yearOf(at: number): number {
  return 2020 + Math.floor(at / FILE_SIZE);
}

function collection(year: number, papers: readonly StandInPaper[]): string {
  return `<?xml version='1.0' encoding='UTF-8'?>
<collection id="${year}.acl"><volume id="long" type="proceedings"><meta><booktitle>Proceedings of ${year}</booktitle>
<month>July</month><year>${year}</year></meta>
${papers.map((paper, at) => paperXml(paper, `${year}.acl-long.${at + 1}`)).join('\n')}
</volume></collection>`;
}

function paperXml({ title, abstract, authors }: StandInPaper, id: string): string {
  const people = authors.map((name) => {
    const [first = '', last = ''] = name.split(' ');
    return `<author><first>${escaped(first)}</first><last>${escaped(last)}</last></author>`;
  });
  return `<paper id="${id.split('.').at(-1)}"><title>${escaped(title)}</title>${people.join('')}<abstract>${escaped(abstract)}</abstract><url>${id}</url></paper>`;
}
