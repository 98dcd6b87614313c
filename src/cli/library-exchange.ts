/** `pharos library export|import`: a library as a file, the same that the API gives and takes. */
import { readFile } from 'node:fs/promises';
import { text as textOf } from 'node:stream/consumers';
import { Command } from 'commander';
import { AppError } from '../fault/app-error.ts';
import type { Shelf } from '../shelf/shelf.ts';
import { fromDocument, shelfDocument, toDocument } from '../shelf/shelf-document.ts';
import { EXIT } from './exit-codes.ts';
import { type Io, writeTo } from './io.ts';
import { countOf } from './layout.ts';
import { type LibraryContext, withLibrary } from './library-context.ts';

/** More nobody reads. */
const MOST_ISSUES = 10;

export function libraryExportCommand(context: LibraryContext): Command {
  const command = new Command('export').description('Prints the library as JSON that can be imported.');
  return command.action(() =>
    context.finish(async () => {
      const shelf = await withLibrary(command, context, ({ owner, shelves }) => shelves.read(owner));
      await writeTo(context.io.stdout, `${JSON.stringify(toDocument(shelf), null, 1)}\n`);
      return EXIT.FINE;
    }),
  );
}

export function libraryImportCommand(context: LibraryContext): Command {
  const command = new Command('import')
    .description('Puts an exported library into this one. Nothing that is there is lost.')
    .argument('<file>', 'what `export` printed; - for standard input');
  return command.action((file: string) =>
    context.finish(async () => {
      const given = parse(await read(file, context.io), file);
      const { entries, searches } = await withLibrary(command, context, ({ owner, shelves }) =>
        shelves.merge(owner, given),
      );
      const counts = { entries: entries.length, searches: searches.length };
      const text = context.flags(command).json
        ? JSON.stringify(counts, null, 2)
        : `The library has ${countOf(counts.entries, 'paper')} and ${searchesOf(counts.searches)} now.`;
      await writeTo(context.io.stdout, `${text}\n`);
      return EXIT.FINE;
    }),
  );
}

function searchesOf(number: number): string {
  return number === 1 ? '1 saved search' : `${number} saved searches`;
}

async function read(file: string, { stdin }: Io): Promise<string> {
  if (file === '-') return textOf(stdin);
  return readFile(file, 'utf8').catch((cause: NodeJS.ErrnoException) => {
    throw new AppError('SOURCE_UNREADABLE', { message: `${file} cannot be read: ${cause.code}` }, { cause });
  });
}

function parse(text: string, file: string): Shelf {
  const result = shelfDocument.safeParse(asJson(text));
  if (result.success) return fromDocument(result.data);
  throw new AppError('INPUT_INVALID', {
    message: `${file} is no library that Pharos exported`,
    remedy: '`pharos library export` writes one, and so does the page of the library.',
    issues: result.error.issues.slice(0, MOST_ISSUES).map(({ message, path }) => {
      const pointer = path.map((step) => `/${String(step)}`).join('');
      return { pointer, message: pointer === '' ? message : `${pointer}: ${message}` };
    }),
  });
}

/** Undefined, which is no library, where it is not JSON. */
function asJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
