/** `pharos serve`: the same searches over HTTP, until it is told to stop. */
import { once } from 'node:events';
import { resolve } from 'node:path';
import { Command } from 'commander';
import type { Answering } from '../../api/context.ts';
import type { RunningServer } from '../../api/start-server.ts';
import { packagePath } from '../../config/package-root.ts';
import type { Settings } from '../../config/settings.ts';
import { MapShelf } from '../../map/map-shelf.ts';
import { readSubscriptions } from '../../sync/subscription-list.ts';
import { readWorkNotes } from '../../sync/work-notes.ts';
import { DELIVERY_SETTINGS } from '../alert-scene.ts';
import { AlertService } from '../alert-service.ts';
import { type CommandContext, loadSettings } from '../context.ts';
import { EXIT } from '../exit-codes.ts';
import { type Io, writeTo } from '../io.ts';
import { LiveSearch } from '../live-search.ts';
import { listPresets } from '../model-list.ts';
import type { OpenSearch } from '../opening.ts';
import { addSample } from '../sample.ts';
import { addSettingOptions, MODEL_SETTINGS, settingFlags } from '../setting-options.ts';
import { ShelfService } from '../shelf-service.ts';
import { SyncService } from '../sync-service.ts';
import { WriterDesk } from '../writer-desk.ts';

const EXAMPLES = `
Examples:
  $ pharos serve
  $ pharos serve --host 0.0.0.0 --port 8080 --allow-host papers.example.org
  $ pharos serve --host 0.0.0.0 --public
  $ pharos serve --alerts
  $ pharos serve --sync
  $ pharos serve --sample`;

interface ServeFlags {
  /** True where no file was named. */
  readonly sample?: string | true;
  readonly alerts?: true;
  readonly sync?: true;
  readonly public?: true;
  readonly json?: true;
}

export function serveCommand({ io, finish }: CommandContext): Command {
  const command = new Command('serve')
    .description('Answers over HTTP until it is stopped. Papers added meanwhile are found without a restart.')
    .option(
      '--sample [file]',
      'when there is no index yet, make one of these papers, or of those that come with Pharos',
    )
    .option('--alerts', 'run the alerts of the index, each at its time')
    .option('--sync', 'ask the sources of the index for what is new, each at its time')
    .option('--public', 'let whoever reaches the server search and read without a key')
    .option('--json', 'print the address as JSON: { url }')
    .addHelpText('after', EXAMPLES);
  addSettingOptions(command, ['index', ...MODEL_SETTINGS, 'host', 'port', 'allowedHosts', 'corsOrigins']);
  addSettingOptions(command, [
    'trustProxy',
    'bodyLimitBytes',
    'requestTimeoutMs',
    'rateLimits',
    'maxSearches',
    'logLevel',
    'logCallers',
    'threads',
  ]);
  addSettingOptions(command, DELIVERY_SETTINGS);
  addSettingOptions(command, ['contact', 'sourceUrls', 'sourceKeys']);
  return command.action((flags: ServeFlags) =>
    finish(async () => {
      const settings = await loadSettings(io, settingFlags(command));
      if (flags.sample !== undefined) await addSample(sampleFile(flags.sample), { io, settings });
      await serve(io, settings, flags);
      return EXIT.FINE;
    }),
  );
}

function sampleFile(named: string | true): string {
  return named === true ? packagePath('data', 'sample.jsonl') : named;
}

async function serve(
  io: Io,
  settings: Settings,
  { json, alerts: runsAlerts, sync: isSyncing, public: isPublic }: Omit<ServeFlags, 'sample'>,
): Promise<void> {
  const { KeyStore } = await import('../../access/key-store.ts');
  const { serverSettings } = await import('../server-settings.ts');
  const { startServer } = await import('../../api/start-server.ts');
  const { createLogger } = await import('../../api/create-logger.ts');
  const { webRoutes } = await import('../../web/routes.tsx');
  const logger = createLogger(io.stderr, { level: settings.logLevel });
  const { Metrics } = await import('../../api/metrics.ts');
  const metrics = new Metrics();
  const keys = new KeyStore(resolve(settings.index));
  const listening = await serverSettings(settings, { keys, isPublic: isPublic === true });
  let server: RunningServer | undefined;
  let service: SyncService | undefined;
  const search = await LiveSearch.open({
    io,
    settings,
    onReplaced: (fresh) => server?.replace(answering(fresh)),
    onNotice: (notice) => logger.warn(notice),
    observe: (stage, ms) => metrics.observeStage(stage, ms),
  });
  const refresh = () => search.current.reader.refresh();
  const desk = new WriterDesk({ io, settings, refresh, log: logger });
  const alerts = new AlertService({ settings, search: () => search.current, log: logger });
  const shelf = new ShelfService(settings, () => search.current);
  try {
    await search.current.warmUp();
    const pages = webRoutes(packagePath('dist', 'web', 'client'));
    const maps = new MapShelf(resolve(settings.index));
    const listed = {
      models: () => listPresets(settings),
      sources: () => readSubscriptions(resolve(settings.index)),
      workNotes: () => readWorkNotes(resolve(settings.index)),
    };
    const kept = { alerts: alerts.desk, shelves: shelf.desk, maps, ...listed };
    const known = { checkKey: keys.check.bind(keys), findKey: keys.find.bind(keys) };
    const doors = { ...kept, ...known, desk, pages };
    server = await startServer({
      ...answering(search.current),
      ...doors,
      metrics,
      logger,
      settings: listening,
    });
    // It may have been replaced while the server was starting.
    server.replace(answering(search.current));
    const { url } = server;
    await writeTo(io.stdout, json ? `${JSON.stringify({ url })}\n` : `Pharos answers on ${url}\n`);
    if (runsAlerts) alerts.start();
    if (isSyncing) service = new SyncService({ io, settings, log: logger });
    await stopped(io.interruptible());
  } finally {
    await Promise.all([server?.close(), service?.close(), desk.close()]);
    await alerts.close();
    shelf.close();
    await search.close();
  }
}

function answering({ reader, searcher, recommender, lists }: OpenSearch): Answering {
  return { engine: reader, searcher, recommender, lists };
}

async function stopped(signal: AbortSignal): Promise<void> {
  if (!signal.aborted) await once(signal, 'abort');
}
