/** `pharos library add`. */
import { Command, InvalidArgumentError, Option } from 'commander';
import { toEntryBody } from '../api/shelf-body.ts';
import type { EntryChange } from '../shelf/change-entries.ts';
import { noteText, tagText } from '../shelf/readable.ts';
import type { ShownEntry } from '../shelf/shown-entries.ts';
import { EXIT } from './exit-codes.ts';
import { writeTo } from './io.ts';
import { idsOf, type LibraryContext, withLibrary } from './library-context.ts';
import { entryLine } from './library-list.ts';

interface AddFlags {
  readonly tag?: readonly string[];
  readonly untag?: readonly string[];
  readonly note?: string;
  readonly read?: true;
  readonly unread?: true;
}

export function libraryAddCommand(context: LibraryContext): Command {
  const command = new Command('add')
    .description('Saves papers to be read later, or changes what is kept of them.')
    .argument('<paper...>', 'ids, DOIs or addresses')
    .option('--tag <tag>', 'a tag beside those there are; may be given several times', tags)
    .option('--untag <tag>', 'a tag to take off; may be given several times', tags)
    .option('--note <text>', 'a note, in place of the one there is', note)
    .addOption(new Option('--read', 'they are read').conflicts('unread'))
    .option('--unread', 'they are to be read later, as at first');
  return command.action((names: string[], flags: AddFlags) =>
    context.finish(async () => {
      const saved = await withLibrary(command, context, async ({ owner, reader, shelves }) => {
        const ids = await idsOf(names, { reader, kept: await shelves.entries(owner) });
        const entries: ShownEntry[] = [];
        for (const id of ids) entries.push(await shelves.put(owner, id, changeOf(flags)));
        return entries;
      });
      const text = context.flags(command).json
        ? JSON.stringify({ entries: saved.map(toEntryBody) }, null, 2)
        : saved.map((entry) => `Kept ${entryLine(entry)}`).join('\n');
      await writeTo(context.io.stdout, `${text}\n`);
      return EXIT.FINE;
    }),
  );
}

function changeOf({ tag, untag, note: text, read, unread }: AddFlags): EntryChange {
  return {
    ...(tag && { addTags: tag }),
    ...(untag && { removeTags: untag }),
    ...(text !== undefined && { note: text }),
    ...((read || unread) && { isRead: read === true }),
  };
}

function tags(text: string, before: readonly string[] = []): string[] {
  return [...before, checked(tagText, text)];
}

function note(text: string): string {
  return checked(noteText, text);
}

function checked(schema: typeof noteText, text: string): string {
  const result = schema.safeParse(text);
  if (!result.success) throw new InvalidArgumentError(`It ${result.error.issues[0]?.message}.`);
  return result.data;
}
