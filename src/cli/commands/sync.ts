/** `pharos sync`: what is new at the sources of the index. */
import { Command } from 'commander';
import { AppError } from '../../fault/app-error.ts';
import type { SyncReport } from '../../sync/sync-sources.ts';
import { type CommandContext, loadSettings } from '../context.ts';
import { EXIT } from '../exit-codes.ts';
import { type Io, writeTo } from '../io.ts';
import { widthOf } from '../layout.ts';
import { paletteFor } from '../palette.ts';
import { addSettingOptions, MODEL_SETTINGS, settingFlags } from '../setting-options.ts';
import { syncIndex } from '../sync-index.ts';
import { renderSync } from '../sync-output.ts';

const EXAMPLES = `
A source that fails stops no other; then the command ends with 1. Whatever is
interrupted goes on where it was. docs/sync.md shows timers for systemd and
cron; \`pharos serve --sync\` needs none.

Examples:
  $ pharos source add nlp arxiv-oai:cs.CL --every day
  $ pharos sync
  $ pharos sync nlp --json
  $ pharos sync --due`;

interface SyncFlags {
  readonly due?: true;
  readonly anew?: true;
  readonly wait?: true;
  readonly json?: true;
}

export function syncCommand({ io, finish }: CommandContext): Command {
  const command = new Command('sync')
    .description('Asks the sources of the index for what is new: all that are not paused, or those named.')
    .argument('[name...]', 'names that `pharos source list` shows')
    .option('--due', 'only sources whose time has come, for timers')
    .option('--anew', 'harvest from the beginning, whatever was harvested before')
    .option('--wait', 'wait while another process syncs')
    .option('--json', 'print JSON: what became of each source, and when it is asked again')
    .addHelpText('after', EXAMPLES);
  addSettingOptions(command, ['index', ...MODEL_SETTINGS, 'threads', 'contact', 'sourceUrls', 'sourceKeys']);
  return command.action((names: string[], flags: SyncFlags) =>
    finish(async () => {
      const { due = false, anew = false, wait = false, json = false } = flags;
      if (due && names.length > 0) throw namedAndDue();
      const settings = await loadSettings(io, settingFlags(command));
      const choice = names.length > 0 ? { names } : { isDueOnly: due };
      const report = await syncIndex({ io, settings, choice, isAnew: anew, isPatient: wait });
      await print(report, { io, asJson: json, isDueOnly: due });
      return report.ok ? EXIT.FINE : EXIT.FAILED;
    }),
  );
}

function namedAndDue(): AppError {
  return new AppError('INPUT_INVALID', {
    message: '--due chooses the sources itself',
    remedy: 'Leave out the names, or leave out --due.',
  });
}

async function print(
  report: SyncReport,
  { io, asJson, isDueOnly }: { readonly io: Io; readonly asJson: boolean; readonly isDueOnly: boolean },
): Promise<void> {
  const options = { width: widthOf(io.stdout), palette: paletteFor(io.stdout, io.environment) };
  if (asJson) await writeTo(io.stdout, `${JSON.stringify(report, null, 2)}\n`);
  else if (report.sources.length > 0) await writeTo(io.stdout, `${renderSync(report, options)}\n`);
  else if (isDueOnly) io.stderr.write('No source is due.\n');
  else io.stderr.write('There is nothing to sync. Add a source: `pharos source add NAME SPEC`.\n');
}
