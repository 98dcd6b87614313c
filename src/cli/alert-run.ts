/** `pharos alert run`: announces what is due, and delivers what waits. */
import { Command } from 'commander';
import type { AlertContext } from './alert-context.ts';
import { printRun } from './alert-output.ts';
import { DELIVERY_SETTINGS, deliverySettings, withAlerts } from './alert-scene.ts';
import { EXIT } from './exit-codes.ts';
import { withSearch } from './opening.ts';
import { addSettingOptions, MODEL_SETTINGS } from './setting-options.ts';

const EXAMPLES = `
Ends with 1 when an alert could not be asked or a message not be delivered; what
was not delivered is tried again by later runs.

Examples:
  $ pharos alert run
  $ pharos alert run graph-neural-networks --json`;

export function alertRunCommand({ io, finish, scene, asJson }: AlertContext): Command {
  const command = new Command('run')
    .description('Announces what is new for every alert that is due, or for those named, due or not.')
    .argument('[alert...]', 'names of alerts')
    .addHelpText('after', EXAMPLES);
  addSettingOptions(command, [...MODEL_SETTINGS, ...DELIVERY_SETTINGS]);
  return command.action((ids: string[]) =>
    finish(async () => {
      const { runAlerts } = await import('../alerts/run-alerts.ts');
      const at = await scene(command);
      const settings = deliverySettings(at.settings);
      const signal = io.interruptible();
      const report = await withAlerts(at, (book) =>
        withSearch(at, (search) => runAlerts(book, search, { ids, settings, clock: Date.now, signal })),
      );
      await printRun(io, report, { asJson: asJson(command) });
      const isBad =
        report.alerts.some(({ error }) => error !== undefined) ||
        report.deliveries.some(({ outcome }) => outcome !== 'sent');
      return isBad ? EXIT.FAILED : EXIT.FINE;
    }),
  );
}
