/** `pharos status`: what is in the index, without loading it. */
import { resolve } from 'node:path';
import { Command } from 'commander';
import type { AlertCounts } from '../../alerts/alert-counts.ts';
import { type Health, healthOf } from '../../api/health.ts';
import { readSubscriptions } from '../../sync/subscription-list.ts';
import { readWorkNotes, type WorkNote } from '../../sync/work-notes.ts';
import { type CommandContext, loadSettings } from '../context.ts';
import { EXIT } from '../exit-codes.ts';
import { writeTo } from '../io.ts';
import { count, countOf, fields, size, widthOf } from '../layout.ts';
import type { Scene } from '../open-model.ts';
import { withReader } from '../opening.ts';
import { type Palette, paletteFor } from '../palette.ts';
import { addSettingOptions, settingFlags } from '../setting-options.ts';
import { stageName } from '../stage-name.ts';

const EXAMPLES = `
Examples:
  $ pharos status
  $ pharos status --json --index /data/papers`;

/** What `--json` prints; the names are those of the API. */
interface StatusReport {
  readonly index: string;
  readonly papers: number;
  readonly embedded: number;
  readonly generation: number;
  readonly model: string;
  readonly dimensions: number;
  readonly fingerprint: string;
  readonly bytes: number;
  /** Absent where no alert was ever made. */
  readonly alerts?: AlertCounts;
  readonly health: Health;
  /** What other processes are doing to the index right now. */
  readonly work: readonly Pick<WorkNote, 'stage' | 'done' | 'total' | 'started'>[];
}

export function statusCommand({ io, finish }: CommandContext): Command {
  const command = new Command('status')
    .description('Prints what the index holds. `pharos verify` looks closer.')
    .option('--json', 'print JSON')
    .addHelpText('after', EXAMPLES);
  addSettingOptions(command, ['index']);
  return command.action((flags: { readonly json?: true }) =>
    finish(async () => {
      const settings = await loadSettings(io, settingFlags(command));
      const report = await reportOn({ io, settings });
      const options = { width: widthOf(io.stdout), palette: paletteFor(io.stdout, io.environment) };
      await writeTo(io.stdout, `${flags.json ? JSON.stringify(report, null, 2) : render(report, options)}\n`);
      return EXIT.FINE;
    }),
  );
}

async function reportOn(scene: Scene): Promise<StatusReport> {
  const status = await withReader(scene, (reader) => reader.status());
  const { papers, embedded, generation, space, bytes } = status;
  const { name: model, dimensions, fingerprint } = space;
  const index = resolve(scene.settings.index);
  const { countAlerts } = await import('../../alerts/alert-counts.ts');
  const alerts = countAlerts(index);
  const sources = await readSubscriptions(index);
  const notes = await readWorkNotes(index);
  const work = notes.map(({ stage, done, total, started }) => ({ stage, done, total, started }));
  const evidence = { status, sources, isAtWork: work.length > 0, deadMessages: alerts?.dead ?? 0 };
  const health = healthOf(evidence, Date.now());
  const numbers = { papers, embedded, generation, model, dimensions, fingerprint, bytes };
  return { index, ...numbers, ...(alerts && { alerts }), health, work };
}

function render(
  report: StatusReport,
  { width, palette }: { readonly width: number; readonly palette: Palette },
): string {
  const { ok, notes } = report.health;
  return fields(
    [
      ['index', report.index],
      ['papers', count(report.papers)],
      ['embedded', count(report.embedded)],
      ['model', `${report.model} · ${report.dimensions} dimensions`],
      ['generation', count(report.generation)],
      ['size', size(report.bytes)],
      ...(report.alerts ? [['alerts', alertsOf(report.alerts)] as const] : []),
      ...report.work.map((one) => ['at work', workOf(one)] as const),
      ['health', ok ? palette.good('ok') : palette.bad(notes.join(' '))],
    ],
    { width, faint: palette.faint },
  );
}

/** `Embedding papers  320 of 1,000`. */
function workOf({ stage, done, total }: StatusReport['work'][number]): string {
  return `${stageName(stage)}  ${total === null ? count(done) : `${count(done)} of ${count(total)}`}`;
}

/** `2 alerts · 1 message waiting`. */
function alertsOf({ alerts, waiting, dead }: AlertCounts): string {
  return [
    countOf(alerts, 'alert'),
    ...(waiting > 0 ? [`${countOf(waiting, 'message')} waiting`] : []),
    ...(dead > 0 ? [`${countOf(dead, 'message')} given up`] : []),
  ].join(' · ');
}
