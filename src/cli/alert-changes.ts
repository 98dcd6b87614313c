/** `pharos alert remove|pause|resume|retry`. */
import { Command } from 'commander';
import type { AlertBook } from '../alerts/alert-book.ts';
import type { AlertContext } from './alert-context.ts';
import { withAlerts } from './alert-scene.ts';
import { EXIT } from './exit-codes.ts';
import { writeTo } from './io.ts';
import { countOf } from './layout.ts';

interface Change {
  readonly name: string;
  readonly description: string;
  /** Resolves to what is printed: a sentence, and the same for programs. */
  readonly apply: (book: AlertBook, id: string) => { readonly text: string; readonly json: object };
}

const CHANGES: readonly Change[] = [
  {
    name: 'remove',
    description: 'Removes an alert, with what it still wanted to say.',
    apply: (book, id) => {
      book.remove(id);
      return { text: `Removed ${id}.`, json: { removed: id } };
    },
  },
  {
    name: 'pause',
    description: 'Keeps an alert from being run. What comes meanwhile is announced when it goes on.',
    apply: (book, id) => {
      book.setPaused(id, true);
      return { text: `Paused ${id}.`, json: { id, paused: true } };
    },
  },
  {
    name: 'resume',
    description: 'Lets a paused alert go on.',
    apply: (book, id) => {
      book.setPaused(id, false);
      return { text: `${id} goes on.`, json: { id, paused: false } };
    },
  },
  {
    name: 'retry',
    description: 'Makes the messages of an alert that were not delivered due again, the dead ones too.',
    apply: (book, id) => {
      const messages = book.retry(id, Date.now());
      return { text: `${countOf(messages, 'message')} due at the next run.`, json: { id, messages } };
    },
  },
];

export function alertChangeCommands(context: AlertContext): Command[] {
  return CHANGES.map(({ name, description, apply }) => {
    const command = new Command(name).description(description).argument('<alert>', 'name of the alert');
    return command.action((id: string) =>
      context.finish(async () => {
        const { text, json } = await withAlerts(await context.scene(command), async (book) =>
          apply(book, id),
        );
        const output = context.asJson(command) ? JSON.stringify(json, null, 2) : text;
        await writeTo(context.io.stdout, `${output}\n`);
        return EXIT.FINE;
      }),
    );
  });
}
