/** `pharos cite`: papers as references, for a reference manager or for people to read. */
import { readFile, writeFile } from 'node:fs/promises';
import { text } from 'node:stream/consumers';
import { Command, Option } from 'commander';
import {
  CITATION_FORMATS,
  type CitationFormat,
  type CitationOptions,
} from '../../citations/citation-formats.ts';
import { AppError } from '../../fault/app-error.ts';
import { type CommandContext, loadSettings } from '../context.ts';
import { EXIT } from '../exit-codes.ts';
import { requirePapers } from '../find-papers.ts';
import { type Io, writeTo } from '../io.ts';
import { countOf } from '../layout.ts';
import { withReader } from '../opening.ts';
import { addSettingOptions, settingFlags } from '../setting-options.ts';

const EXAMPLES = `
A file of ids has one a line; what follows a # is a remark.

Examples:
  $ pharos cite 1706.03762 10.1038/nature14539 > papers.bib
  $ pharos cite 1706.03762 --format text --style vancouver
  $ pharos cite --ids reading-list.txt --format ris --out papers.ris
  $ pharos search "dropout" --json | jq -r '.hits[].paper.id' | pharos cite -`;

interface CiteFlags {
  readonly format: CitationFormat;
  readonly style?: string;
  readonly abstracts?: true;
  readonly ids?: string;
  readonly out?: string;
}

export function citeCommand({ io, finish }: CommandContext): Command {
  const command = new Command('cite')
    .description('Prints papers as references.')
    .argument('[paper...]', 'ids, DOIs or addresses of papers; - reads them from standard input, one a line')
    .addOption(
      new Option('-f, --format <format>', 'how they are written').choices(CITATION_FORMATS).default('bibtex'),
    )
    .option('--style <style>', 'of text and markdown: apa, vancouver, harvard1 or a .csl file (default: apa)')
    .option('--abstracts', 'with the abstracts, in bibtex, ris and csl')
    .option('--ids <file>', 'also the papers this file names, one a line')
    .option('-o, --out <file>', 'write to this file')
    .addHelpText('after', EXAMPLES);
  addSettingOptions(command, ['index']);
  return command.action((names: string[], flags: CiteFlags) =>
    finish(async () => {
      const settings = await loadSettings(io, settingFlags(command));
      const wanted = await namesOf(names, flags, io);
      const options = await optionsOf(flags);
      const { citePapers } = await import('../../citations/cite-papers.ts');
      const papers = await withReader({ io, settings }, (reader) => requirePapers(reader, wanted));
      const references = await citePapers(papers, options);
      if (flags.out === undefined) await writeTo(io.stdout, references);
      else {
        await writeFile(flags.out, references);
        io.stderr.write(`Wrote ${countOf(new Set(papers).size, 'reference')} to ${flags.out}.\n`);
      }
      return EXIT.FINE;
    }),
  );
}

/** Everything named, in the order of the command line, then of the file. INPUT_INVALID where that is nothing. */
async function namesOf(names: readonly string[], { ids }: CiteFlags, io: Io): Promise<string[]> {
  const all: string[] = [];
  for (const name of names) all.push(...(name === '-' ? namesIn(await text(io.stdin)) : [name]));
  if (ids !== undefined) all.push(...namesIn(await contentOf(ids)));
  if (all.length > 0) return [...new Set(all)];
  throw new AppError('INPUT_INVALID', {
    message: 'No papers are named.',
    remedy: 'Name ids, DOIs or addresses, or a file of them with --ids.',
  });
}

function namesIn(list: string): string[] {
  const lines = list.split(/[\r\n]+/).map((line) => line.replace(/(?:^|\s)#.*$/, '').trim());
  return lines.filter((line) => line !== '');
}

async function optionsOf({ format, style, abstracts }: CiteFlags): Promise<CitationOptions> {
  const { citationStyle } = await import('../../citations/citation-formats.ts');
  return {
    format,
    withAbstracts: abstracts === true,
    ...(style !== undefined && {
      style: style.endsWith('.csl') ? { csl: await contentOf(style) } : citationStyle(style),
    }),
  };
}

async function contentOf(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new AppError(
      'SOURCE_UNREADABLE',
      { message: `${path} could not be read: ${reason}` },
      { cause: error },
    );
  }
}
