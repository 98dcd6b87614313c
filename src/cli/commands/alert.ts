/** `pharos alert`: questions that are asked again and again, and whom to tell what is new. */
import { Command } from 'commander';
import { alertAddCommand } from '../alert-add.ts';
import { alertChangeCommands } from '../alert-changes.ts';
import type { AlertContext } from '../alert-context.ts';
import { alertRunCommand } from '../alert-run.ts';
import { alertPreviewCommand, alertShowCommand, listAlerts } from '../alert-views.ts';
import { type CommandContext, loadSettings, type SettingFlags } from '../context.ts';
import { addSettingOptions, settingFlags } from '../setting-options.ts';

const EXAMPLES = `
\`pharos alert run\` announces what is due, from cron or a timer; \`pharos serve
--alerts\` does it by itself. What is new, and what is near: docs/alerts.md.

Examples:
  $ pharos alert add "graph neural networks" --to file:news.jsonl
  $ pharos alert add "protein folding" --every week --to mail:me@example.org
  $ pharos alert add author:"Ada Lovelace" --to webhook:https://example.org/hook
  $ pharos alert list --json
  $ pharos alert preview graph-neural-networks
  $ pharos alert run
  $ pharos alert pause protein-folding
  $ pharos alert remove protein-folding`;

export function alertCommand({ io, finish }: CommandContext): Command {
  const command = new Command('alert')
    .description(
      'Keeps questions and tells whoever wants it what is new for them. Without more it lists them.',
    )
    .option('--json', 'print JSON, as the API gives it')
    .addHelpText('after', EXAMPLES);
  addSettingOptions(command, ['index']);
  const context: AlertContext = {
    io,
    finish,
    // Options that the outer command has too end up there, wherever they stand.
    scene: async (own) => {
      const flags = { ...settingFlags(command), ...settingFlags(own) } as SettingFlags;
      return { io, settings: await loadSettings(io, flags) };
    },
    asJson: (own) => own.optsWithGlobals<{ readonly json?: true }>().json === true,
  };
  command.addCommand(alertAddCommand(context));
  command.addCommand(
    new Command('list')
      .description('Lists the alerts.')
      .action((_, own: Command) => finish(() => listAlerts(own, context))),
  );
  command.addCommand(alertShowCommand(context));
  command.addCommand(alertPreviewCommand(context));
  command.addCommand(alertRunCommand(context));
  for (const change of alertChangeCommands(context)) command.addCommand(change);
  return command.action((_, own: Command) => finish(() => listAlerts(own, context)));
}
