/** `pharos map`: places for all papers in a picture, for the page `/map`. */
import { resolve } from 'node:path';
import { Command } from 'commander';
import { AppError, isAppError } from '../../fault/app-error.ts';
import type { MadeMap } from '../../map/make-map.ts';
import { type AtWork, atWork } from '../at-work.ts';
import { type CommandContext, loadSettings } from '../context.ts';
import { EXIT } from '../exit-codes.ts';
import { writeTo } from '../io.ts';
import { countOf, duration } from '../layout.ts';
import type { Scene } from '../open-model.ts';
import { withReader } from '../opening.ts';
import { addSettingOptions, settingFlags } from '../setting-options.ts';

const EXAMPLES = `
Papers that came since are placed beside their neighbours, and all others stay
where they are. Everything is laid out anew with --fresh, after the index was
embedded with another model, and when the corpus has grown by half.

Examples:
  $ pharos map
  $ pharos map --fresh`;

interface MapFlags {
  readonly fresh?: true;
  readonly json?: true;
}

export function mapCommand({ io, finish }: CommandContext): Command {
  const command = new Command('map')
    .description('Places all papers in a picture by what they say, for the page /map of the server.')
    .option('--fresh', 'lay out everything anew')
    .option('--json', 'print JSON: { papers, placed, fresh, regions, tookMs }')
    .addHelpText('after', EXAMPLES);
  addSettingOptions(command, ['index']);
  return command.action((flags: MapFlags) =>
    finish(async () => {
      const settings = await loadSettings(io, settingFlags(command));
      const startedMs = performance.now();
      const { map, placed, isFresh } = await draw({ io, settings }, flags.fresh === true);
      const report = {
        papers: map.columns.docIds.length,
        placed,
        fresh: isFresh,
        regions: map.head.regions.map(({ words, papers }) => ({ words, papers })),
        tookMs: Math.round(performance.now() - startedMs),
      };
      const text = flags.json ? JSON.stringify(report, null, 2) : render(report);
      await writeTo(io.stdout, `${text}\n`);
      return EXIT.FINE;
    }),
  );
}

async function draw({ io, settings }: Scene, isFresh: boolean): Promise<MadeMap> {
  const { makeMap } = await import('../../map/make-map.ts');
  const { readMap, writeMap } = await import('../../map/map-file.ts');
  const dir = resolve(settings.index);
  return withReader({ io, settings }, (reader) => {
    const run = async ({ onProgress, signal }: AtWork) => {
      // Whatever is wrong with an old map, a new one takes its place.
      const before = isFresh
        ? undefined
        : await readMap(dir).catch((error: unknown) => {
            if (isAppError(error, 'MAP_UNAVAILABLE')) return undefined;
            throw error;
          });
      const made = await makeMap(reader, {
        before,
        onStage: (stage) => {
          if (signal.aborted) throw new AppError('INTERRUPTED');
          onProgress(stage);
        },
      });
      await writeMap(dir, made.map);
      return made;
    };
    return atWork(io, run, { notedIn: dir });
  });
}

interface Report {
  readonly papers: number;
  readonly placed: number;
  readonly fresh: boolean;
  readonly regions: readonly { readonly words: readonly string[]; readonly papers: number }[];
  readonly tookMs: number;
}

function render({ papers, placed, fresh, regions, tookMs }: Report): string {
  const done = fresh
    ? `Laid out ${countOf(papers, 'paper')} in ${duration(tookMs)}.`
    : `Placed ${countOf(placed, 'new paper')} on the map of ${countOf(papers, 'paper')} in ${duration(tookMs)}.`;
  return [
    done,
    ...regions.map((region) => `  ${region.words.slice(0, 3).join(', ')} (${region.papers})`),
  ].join('\n');
}
