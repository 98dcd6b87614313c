/** `pharos remove`: papers out of the index. */
import { Command } from 'commander';
import { AppError } from '../../fault/app-error.ts';
import { type CommandContext, loadSettings } from '../context.ts';
import { EXIT } from '../exit-codes.ts';
import { findPapers, notFound } from '../find-papers.ts';
import { writeTo } from '../io.ts';
import { countOf } from '../layout.ts';
import { type WriterScene, withWriter } from '../opening.ts';
import { patience, throughServer } from '../server-client.ts';
import { addSettingOptions, settingFlags } from '../setting-options.ts';

const EXAMPLES = `
Examples:
  $ pharos remove 1706.03762
  $ pharos remove 1706.03762 10.1038/nature14539 --json
  $ pharos remove 1706.03762 --server http://127.0.0.1:7433`;

interface RemoveFlags {
  readonly wait?: true;
  readonly json?: true;
}

export function removeCommand({ io, finish }: CommandContext): Command {
  const command = new Command('remove')
    .description('Takes papers out of the index. Fails when none of them was there.')
    .argument('<paper...>', 'ids, DOIs or addresses of papers')
    .option('--wait', 'wait while another process writes to the index')
    .option('--json', 'print JSON: { removed, notFound }')
    .addHelpText('after', EXAMPLES);
  addSettingOptions(command, ['index', 'server']);
  return command.action((names: string[], flags: RemoveFlags) =>
    finish(async () => {
      const settings = await loadSettings(io, settingFlags(command));
      const scene = { io, settings, isPatient: flags.wait === true };
      const { removed, missing } = await removeFrom(names, scene);
      if (flags.json)
        await writeTo(io.stdout, `${JSON.stringify({ removed, notFound: missing }, null, 2)}\n`);
      if (removed.length === 0) throw notFound(missing);
      if (!flags.json) await writeTo(io.stdout, `Removed ${countOf(removed.length, 'paper')}.\n`);
      for (const name of missing) io.stderr.write(`Not in this index: ${name}\n`);
      return EXIT.FINE;
    }),
  );
}

interface Removed {
  /** Ids of papers. */
  readonly removed: readonly string[];
  /** As they were given. */
  readonly missing: readonly string[];
}

async function removeFrom(names: readonly string[], scene: WriterScene): Promise<Removed> {
  const { server } = scene.settings;
  if (server !== undefined) return removeThrough(server, names, scene);
  return withWriter(scene, async (engine, { onProgress }) => {
    const found = await findPapers(engine, names);
    const removed = [...new Set(found.flatMap((paper) => (paper ? [paper.id] : [])))];
    await engine.remove(removed);
    await engine.checkpoint((done, total) => onProgress({ stage: 'checkpoint', done, total }));
    return { removed, missing: names.filter((_, at) => found[at] === undefined) };
  });
}

async function removeThrough(
  address: string,
  names: readonly string[],
  { io, settings, isPatient }: WriterScene,
): Promise<Removed> {
  const signal = io.interruptible();
  const removed: string[] = [];
  const missing: string[] = [];
  try {
    await throughServer(address, settings, async (client) => {
      for (const name of new Set(names)) {
        const [id] = await client.remove([name], { ...patience(io, isPatient), signal });
        if (id === undefined) missing.push(name);
        else removed.push(id);
      }
    });
  } catch (cause) {
    if (!signal.aborted) throw cause;
    const message = `Interrupted after ${countOf(removed.length, 'paper')} of ${names.length} were removed`;
    throw new AppError('INTERRUPTED', { message }, { cause });
  }
  return { removed, missing };
}
