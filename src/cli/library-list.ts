/** `pharos library list|remove`. */
import { Command } from 'commander';
import { toEntryBody, toSavedSearchBody } from '../api/shelf-body.ts';
import type { SavedSearch } from '../shelf/shelf.ts';
import type { ShownEntry } from '../shelf/shown-entries.ts';
import { EXIT, type ExitCode } from './exit-codes.ts';
import { writeTo } from './io.ts';
import { countOf, paragraph, widthOf } from './layout.ts';
import { idsOf, type LibraryContext, withLibrary } from './library-context.ts';

export async function listLibrary(own: Command, context: LibraryContext): Promise<ExitCode> {
  const { entries, searches } = await withLibrary(own, context, async ({ owner, shelves }) => ({
    entries: await shelves.entries(owner),
    searches: (await shelves.read(owner)).searches,
  }));
  const { io } = context;
  const json = { entries: entries.map(toEntryBody), searches: searches.map(toSavedSearchBody) };
  if (context.flags(own).json) {
    await writeTo(io.stdout, `${JSON.stringify(json, null, 2)}\n`);
    return EXIT.FINE;
  }
  if (entries.length + searches.length === 0) io.stderr.write('Nothing is kept.\n');
  const width = widthOf(io.stdout);
  for (const entry of entries) {
    await writeTo(io.stdout, `${paragraph(entryLine(entry), { width })}\n`);
    if (entry.note !== '') await writeTo(io.stdout, `${paragraph(entry.note, { width, indent: 4 })}\n`);
  }
  for (const search of searches) await writeTo(io.stdout, `${searchLine(search)}\n`);
  return EXIT.FINE;
}

export function libraryRemoveCommand(context: LibraryContext): Command {
  const command = new Command('remove')
    .description('Takes papers out of the library, with their tags and notes.')
    .argument('<paper...>', 'ids, DOIs or addresses');
  return command.action((names: string[]) =>
    context.finish(async () => {
      const removed = await withLibrary(command, context, async ({ owner, reader, shelves }) => {
        const ids = await idsOf(names, { reader, kept: await shelves.entries(owner) });
        for (const id of ids) await shelves.remove(owner, id);
        return ids;
      });
      const text = context.flags(command).json
        ? JSON.stringify({ removed }, null, 2)
        : `Removed ${countOf(removed.length, 'paper')}.`;
      await writeTo(context.io.stdout, `${text}\n`);
      return EXIT.FINE;
    }),
  );
}

/** `Attention Is All You Need · 1706.03762 · to read · thesis, to cite`. */
export function entryLine({ id, title, isRead, tags, paper }: ShownEntry): string {
  const marks = [isRead ? 'read' : 'to read', ...(paper ? [] : ['no longer in the index'])];
  return [title, id, ...marks, ...(tags.length > 0 ? [tags.join(', ')] : [])].join(' · ');
}

function searchLine({ name, id, lookedMs }: SavedSearch): string {
  return `Search: ${name} · ${id} · looked at ${new Date(lookedMs).toISOString().slice(0, 10)}`;
}
