/** `pharos alert list|show|preview`: looking at alerts without changing any. */
import { Command } from 'commander';
import type { AlertContext } from './alert-context.ts';
import { printAlert, printAlerts, printPreview } from './alert-output.ts';
import { withAlerts } from './alert-scene.ts';
import { EXIT, type ExitCode } from './exit-codes.ts';
import { withSearch } from './opening.ts';
import { addSettingOptions, MODEL_SETTINGS } from './setting-options.ts';

const SHOWN_MESSAGES = 10;

export async function listAlerts(own: Command, { io, scene, asJson }: AlertContext): Promise<ExitCode> {
  const alerts = await withAlerts(await scene(own), async (book) => book.list());
  await printAlerts(io, alerts, { asJson: asJson(own) });
  return EXIT.FINE;
}

export function alertShowCommand({ io, finish, scene, asJson }: AlertContext): Command {
  const command = new Command('show')
    .description('Prints an alert and its latest messages.')
    .argument('<alert>', 'name of the alert');
  return command.action((id: string) =>
    finish(async () => {
      await withAlerts(await scene(command), async (book) => {
        const messages = book.messages(id, SHOWN_MESSAGES);
        await printAlert(io, book.get(id), { asJson: asJson(command), messages });
      });
      return EXIT.FINE;
    }),
  );
}

export function alertPreviewCommand({ io, finish, scene, asJson }: AlertContext): Command {
  const command = new Command('preview')
    .description('Prints what the next run of an alert would announce, and announces nothing.')
    .argument('<alert>', 'name of the alert')
    .option('--all', 'judge everything in the index: what --backfill 100 would announce');
  addSettingOptions(command, MODEL_SETTINGS);
  return command.action((id: string, flags: { readonly all?: true }) =>
    finish(async () => {
      const { previewAlert } = await import('../alerts/run-alerts.ts');
      const { MAX_BACKFILL } = await import('../alerts/alert.ts');
      const at = await scene(command);
      await withAlerts(at, async (book) => {
        const alert = book.get(id);
        const asked = flags.all ? { ...alert, backfill: MAX_BACKFILL } : alert;
        const hits = await withSearch(at, (search) => previewAlert(book, search, asked));
        await printPreview(io, hits, { asJson: asJson(command) });
      });
      return EXIT.FINE;
    }),
  );
}
