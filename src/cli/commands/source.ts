/** `pharos source`: which sources the index is kept fresh from. */
import { Command } from 'commander';
import type { Settings } from '../../config/settings.ts';
import type { Subscription } from '../../sync/subscription.ts';
import { requireNamed } from '../../sync/subscription-list.ts';
import { type CommandContext, loadSettings } from '../context.ts';
import { EXIT } from '../exit-codes.ts';
import { type Io, writeTo } from '../io.ts';
import { countOf, widthOf } from '../layout.ts';
import { collect, date } from '../narrowing-options.ts';
import { paletteFor } from '../palette.ts';
import { addSettingOptions, settingFlags } from '../setting-options.ts';
import { subscriptionsOf } from '../subscriptions.ts';

const EXAMPLES = `
\`pharos sync\` asks them for what is new, \`pharos serve --sync\` at their times.
What a source may be: docs/sources.md.

Examples:
  $ pharos source add nlp arxiv-oai:cs.CL
  $ pharos source add daily hf-daily:latest --every hour
  $ pharos source add gravity arxiv:gr-qc --every "30 6 * * 1-5"
  $ pharos source list --json
  $ pharos source pause daily
  $ pharos source resume daily
  $ pharos source remove gravity`;

interface AddFlags {
  readonly every: string;
  readonly from?: string;
  readonly category?: string[];
}

interface Changing extends CommandContext {
  readonly settings: (own: Command) => Promise<Settings>;
  readonly asJson: (own: Command) => boolean;
}

export function sourceCommand({ io, finish }: CommandContext): Command {
  const command = new Command('source')
    .description('Chooses the sources that the index is kept fresh from. Without more it lists them.')
    .option('--json', 'print JSON: the sources, as the API gives them')
    .addHelpText('after', EXAMPLES);
  addSettingOptions(command, ['index']);
  const changing: Changing = {
    io,
    finish,
    // Options that the outer command has too end up there, wherever they stand.
    settings: (own) => loadSettings(io, { ...settingFlags(command), ...settingFlags(own) }),
    asJson: (own) => own.optsWithGlobals<{ readonly json?: true }>().json === true,
  };
  command.addCommand(addCommand(changing));
  command.addCommand(listCommand(changing));
  for (const inner of changeCommands(changing)) command.addCommand(inner);
  return command.action(() => finish(() => list(command, changing)));
}

function addCommand(changing: Changing): Command {
  const command = new Command('add')
    .description('Adds a source. Nothing is asked of it before the next sync.')
    .argument('<name>', 'what you call it')
    .argument('<spec>', 'the source, as `pharos add` takes it: arxiv-oai:cs.CL')
    .option('--every <time>', 'hour, day, week, or a cron expression in local time', 'day')
    .option('--from <date>', 'only papers published then or later: YYYY, YYYY-MM or YYYY-MM-DD', date)
    .option('-c, --category <name>', 'only papers in this category (repeatable)', collect);
  return settled(command).action((name: string, spec: string, flags: AddFlags) =>
    changing.finish(async () => {
      const { newSubscription, withNew } = await import('../new-subscription.ts');
      const settings = await changing.settings(command);
      const added = await newSubscription(name, spec, { ...flags, settings });
      await subscriptionsOf(settings).change((all) => withNew(all, added));
      return print([added], { ...changing, command });
    }),
  );
}

function listCommand(changing: Changing): Command {
  const command = new Command('list').description('Lists the sources, when they are asked and how it went.');
  return settled(command).action(() => changing.finish(() => list(command, changing)));
}

async function list(command: Command, changing: Changing) {
  const all = await subscriptionsOf(await changing.settings(command)).read();
  return print(all, { ...changing, command });
}

/** Each takes names of sources that are there, and changes all of them or none. */
function changeCommands(changing: Changing): Command[] {
  const changes: readonly [name: string, about: string, change: (one: Subscription) => Subscription[]][] = [
    ['remove', 'Takes sources out of the list. Their papers stay.', () => []],
    [
      'pause',
      'Leaves sources out of syncs, except where they are named.',
      (one) => [{ ...one, isPaused: true }],
    ],
    ['resume', 'Takes paused sources up again.', (one) => [{ ...one, isPaused: false }]],
  ];
  return changes.map(([name, about, change]) => {
    const command = new Command(name).description(about).argument('<name...>', 'names of sources');
    return settled(command).action((names: string[]) =>
      changing.finish(async () => {
        const settings = await changing.settings(command);
        let chosen: readonly Subscription[] = [];
        const all = await subscriptionsOf(settings).change((before) => {
          chosen = requireNamed(before, names);
          return before.flatMap((one) => (names.includes(one.name) ? change(one) : [one]));
        });
        const left = all.filter((one) => names.includes(one.name));
        if (left.length > 0 || changing.asJson(command)) return print(left, { ...changing, command });
        await writeTo(
          changing.io.stdout,
          `Removed ${countOf(chosen.length, 'source')}. Their papers stay.\n`,
        );
        return EXIT.FINE;
      }),
    );
  });
}

function settled(command: Command): Command {
  command.option('--json', 'print JSON: the sources concerned, as the API gives them');
  return addSettingOptions(command, ['index']);
}

async function print(
  sources: readonly Subscription[],
  { io, asJson, command }: Changing & { readonly command: Command },
) {
  const nowMs = Date.now();
  if (asJson(command)) await printJson(sources, { io, nowMs });
  else if (sources.length === 0)
    io.stderr.write('There are no sources yet. Add one: `pharos source add NAME SPEC`.\n');
  else {
    const { renderSources } = await import('../sync-output.ts');
    const options = { width: widthOf(io.stdout), palette: paletteFor(io.stdout, io.environment), nowMs };
    await writeTo(io.stdout, `${renderSources(sources, options)}\n`);
  }
  return EXIT.FINE;
}

async function printJson(
  sources: readonly Subscription[],
  { io, nowMs }: { readonly io: Io; readonly nowMs: number },
): Promise<void> {
  const { toSourceBody } = await import('../../api/source-routes.ts');
  const bodies = sources.map((source) => toSourceBody(source, nowMs));
  await writeTo(io.stdout, `${JSON.stringify({ sources: bodies }, null, 2)}\n`);
}
