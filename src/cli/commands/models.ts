/** `pharos models`: the embedding models there are; `pharos models fetch`: bring some of them here ahead of use. */
import { resolve } from 'node:path';
import { Command } from 'commander';
import { toModelBody } from '../../api/model-routes.ts';
import { type CommandContext, loadSettings, type SettingFlags } from '../context.ts';
import { EXIT, type ExitCode } from '../exit-codes.ts';
import { type Io, writeTo } from '../io.ts';
import { widthOf } from '../layout.ts';
import { listPresets, renderModels } from '../model-list.ts';
import { fetchNamed, type Scene } from '../open-model.ts';
import { withReader } from '../opening.ts';
import { paletteFor } from '../palette.ts';
import { addSettingOptions, settingFlags } from '../setting-options.ts';

const EXAMPLES = `
A model is fetched when it is first needed, or ahead of that by
\`pharos models fetch\`. docs/models.md tells which is good for what.

Examples:
  $ pharos models
  $ pharos models fetch bge-small-en-v1.5
  $ pharos add papers.jsonl --index bge --model bge-small-en-v1.5`;

const FETCH_EXAMPLES = `
Examples:
  $ pharos models fetch e5-small-v2 gte-small
  $ pharos models fetch OWNER/NAME --hub https://hub.example.org`;

export function modelsCommand({ io, finish }: CommandContext): Command {
  const command = new Command('models')
    .description('Lists the embedding models that Pharos knows, and which of them are on this machine.')
    .option('--json', 'print JSON: a list, as the API gives it')
    .addHelpText('after', EXAMPLES);
  addSettingOptions(command, ['index', 'modelsDir']);
  command.addCommand(fetchCommand({ io, finish }, () => settingFlags(command)));
  return command.action((flags: { readonly json?: true }) =>
    finish(() => list(io, settingFlags(command), flags.json === true)),
  );
}

function fetchCommand({ io, finish }: CommandContext, outer: () => SettingFlags): Command {
  const command = new Command('fetch')
    .description('Brings models to this machine. What is here already is left as it is.')
    .argument('<model...>', 'names that `pharos models` lists, or OWNER/NAME on the hub')
    .option('--json', 'print JSON: a list of { name, folder }')
    .addHelpText('after', FETCH_EXAMPLES);
  addSettingOptions(command, ['modelsDir', 'hub']);
  return command.action((names: string[]) =>
    finish(async () => {
      // Options that the outer command has too end up there, wherever they stand.
      const { json } = command.optsWithGlobals<{ readonly json?: true }>();
      const settings = await loadSettings(io, { ...outer(), ...settingFlags(command) });
      const fetched = await fetchEach(names, { io, settings });
      const text = json
        ? JSON.stringify(fetched, null, 2)
        : fetched.map(({ name, folder }) => `${name} is in ${folder}`).join('\n');
      await writeTo(io.stdout, `${text}\n`);
      return EXIT.FINE;
    }),
  );
}

async function fetchEach(
  names: readonly string[],
  scene: Scene,
): Promise<{ name: string; folder: string }[]> {
  const fetched: { name: string; folder: string }[] = [];
  for (const name of names) fetched.push({ name, folder: (await fetchNamed(name, scene)).folder });
  return fetched;
}

async function list(io: Io, flags: SettingFlags, asJson: boolean): Promise<ExitCode> {
  const settings = await loadSettings(io, flags);
  const models = await listPresets(settings);
  const inUse = await modelInUse({ io, settings });
  const options = { width: widthOf(io.stdout), palette: paletteFor(io.stdout, io.environment), inUse };
  const text = asJson
    ? JSON.stringify(
        models.map((listed) => toModelBody(listed, inUse)),
        null,
        2,
      )
    : renderModels(models, options);
  await writeTo(io.stdout, `${text}\n`);
  return EXIT.FINE;
}

/** Undefined where there is no index. */
async function modelInUse(scene: Scene): Promise<string | undefined> {
  const { hasIndex } = await import('../../engine/embedded/index-folder.ts');
  if (!hasIndex(resolve(scene.settings.index))) return undefined;
  return withReader(scene, async (reader) => reader.space.name);
}
