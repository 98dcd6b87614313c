/**
 * A model from the hub into the cache: what it consists of is asked first, everything of one commit is fetched into
 * a folder beside its place, and a single rename makes it a model. Until then nobody can take it for one.
 */
import { mkdir, open, rename, rm, statfs } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { DESCRIPTION_FILES, WEIGHT_FILES } from '../embed/describe-model.ts';
import { NEEDED_FILES } from '../embed/model-folder.ts';
import { type ModelRecord, RECORD_FILE } from '../embed/model-record.ts';
import { presetNamed } from '../embed/presets.ts';
import { AppError, isAppError } from '../fault/app-error.ts';
import { type FileLock, takeFileLock } from '../http/file-lock.ts';
import { downloadFile } from './download-file.ts';
import type { FileFacts, HubClient } from './hub-client.ts';
import { cacheFolder, findCached } from './model-cache.ts';

/** What to fetch, under which name it will be known. */
export interface WantedModel {
  readonly name: string;
  readonly hubId: string;
  /** A commit or a branch. */
  readonly revision: string;
  /** What files must hash to, whatever the hub says. */
  readonly sha256: Readonly<Record<string, string>>;
}

export interface FetchProgress {
  readonly stage: 'fetch';
  readonly unit: 'bytes';
  readonly done: number;
  readonly total: number;
  /** How much was there when it began. */
  readonly initial: number;
}

export interface FetchOptions {
  readonly client: HubClient;
  /** Made when it is not there. */
  readonly modelsDir: string;
  readonly onProgress?: (progress: FetchProgress) => void;
  readonly onNotice?: (message: string) => void;
  readonly signal?: AbortSignal | undefined;
}

interface PlannedFile {
  readonly path: string;
  readonly facts: FileFacts;
}

interface Plan {
  /** The commit where the hub tells it, so that all files are of one state. */
  readonly revision: string;
  readonly files: readonly PlannedFile[];
}

/** Room for what a file system needs beside the bytes of the files. */
const SPARE_BYTES = 16_000_000;
const OPTIONAL_FILES = ['special_tokens_map.json'];

/**
 * Resolves to its folder, at once where it is there already. Rejects with MODEL_MISSING, MODEL_FETCH_FAILED or
 * DISK_FULL; what was fetched before is kept, and the same call goes on with it.
 */
export async function fetchModel(wanted: WantedModel, options: FetchOptions): Promise<string> {
  const { modelsDir } = options;
  const cached = await findCached(modelsDir, wanted);
  if (cached !== undefined) return cached;
  let lock: FileLock | undefined;
  try {
    await mkdir(modelsDir, { recursive: true });
    lock = await lockFor(wanted, options);
    return (await findCached(modelsDir, wanted)) ?? (await fetchAll(wanted, options));
  } catch (error) {
    throw explained(error, wanted, options);
  } finally {
    await lock?.release();
  }
}

function lockFor(wanted: WantedModel, { modelsDir, onNotice, signal }: FetchOptions): Promise<FileLock> {
  return takeFileLock(`${cacheFolder(modelsDir, wanted)}.lock`, {
    signal,
    onWait: (holder) => onNotice?.(`${holder} is fetching ${wanted.name}; waiting for it.`),
  });
}

async function fetchAll(wanted: WantedModel, options: FetchOptions): Promise<string> {
  const plan = await planFor(wanted, options.client);
  const target = cacheFolder(options.modelsDir, { hubId: wanted.hubId, revision: plan.revision });
  const partial = `${target}.partial`;
  await requireSpace(plan, options.modelsDir);
  const files = await fetchFiles(wanted, plan, { ...options, partial });
  await writeRecord(partial, { name: wanted.name, hubId: wanted.hubId, revision: plan.revision, files });
  await moveInto(target, partial);
  return target;
}

/** Asks what there is, the configuration first: it tells the commit of all others. */
async function planFor(wanted: WantedModel, client: HubClient): Promise<Plan> {
  const { hubId } = wanted;
  const [first = '', ...needed] = NEEDED_FILES;
  const head = await client.facts({ hubId, revision: wanted.revision, path: first });
  if (!head) throw lacking(wanted, first);
  const revision = head.commit ?? wanted.revision;
  const ask = async (path: string): Promise<PlannedFile | undefined> => {
    const facts = await client.facts({ hubId, revision, path });
    return facts && { path, facts: pinned(facts, wanted.sha256[path]) };
  };
  const files: PlannedFile[] = [{ path: first, facts: pinned(head, wanted.sha256[first]) }];
  for (const path of needed) files.push((await ask(path)) ?? fail(lacking(wanted, path)));
  // A preset says itself what these would say.
  const described = presetNamed(wanted.name) ? [] : DESCRIPTION_FILES;
  for (const path of [...OPTIONAL_FILES, ...described]) {
    const file = await ask(path);
    if (file) files.push(file);
  }
  const weights = (await ask(WEIGHT_FILES.q8)) ?? (await ask(WEIGHT_FILES.fp32));
  files.push(weights ?? fail(lacking(wanted, `${WEIGHT_FILES.q8} or ${WEIGHT_FILES.fp32}`)));
  return { revision, files };
}

/** A pinned hash takes the place of what the hub says: it was known before the hub was asked. */
function pinned(facts: FileFacts, pin: string | undefined): FileFacts {
  const { bytes } = facts;
  return pin === undefined ? facts : { ...(bytes !== undefined && { bytes }), sha256: pin };
}

async function fetchFiles(
  wanted: WantedModel,
  { revision, files }: Plan,
  { client, partial, signal, onProgress }: FetchOptions & { readonly partial: string },
): Promise<ModelRecord['files']> {
  const there = new Map<string, number>();
  const total = files.reduce((sum, { facts }) => sum + (facts.bytes ?? 0), 0);
  const report = progressReporter(there, total, onProgress);
  const fetched: ModelRecord['files'] = {};
  for (const { path, facts } of files) {
    const { bytes, sha256 } = await downloadFile(
      { hubId: wanted.hubId, revision, path },
      {
        client,
        facts,
        signal,
        target: join(partial, path),
        onBytes: (bytes) => {
          there.set(path, bytes);
          report();
        },
      },
    );
    there.set(path, bytes);
    report();
    fetched[path] = { bytes, sha256 };
  }
  return fetched;
}

/** What was on the disk before the first byte came is no measure of the line. */
function progressReporter(
  there: ReadonlyMap<string, number>,
  total: number,
  onProgress: FetchOptions['onProgress'],
): () => void {
  let initial: number | undefined;
  return () => {
    const done = [...there.values()].reduce((sum, bytes) => sum + bytes, 0);
    initial ??= done;
    onProgress?.({ stage: 'fetch', unit: 'bytes', done, total: Math.max(total, done), initial });
  };
}

async function writeRecord(folder: string, record: ModelRecord): Promise<void> {
  const handle = await open(join(folder, RECORD_FILE), 'w');
  try {
    await handle.writeFile(`${JSON.stringify(record, null, 2)}\n`);
    await handle.sync();
  } finally {
    await handle.close();
  }
}

async function moveInto(target: string, partial: string): Promise<void> {
  try {
    await rename(partial, target);
  } catch (error) {
    // Somebody who did not see our lock was faster; what is there is whole, and the same.
    if (!['ENOTEMPTY', 'EEXIST'].includes((error as NodeJS.ErrnoException).code ?? '')) throw error;
    await rm(partial, { recursive: true, force: true });
  }
  const parent = await open(dirname(target), 'r');
  await parent.sync().finally(() => parent.close());
}

async function requireSpace({ files }: Plan, dir: string): Promise<void> {
  const wanted = files.reduce((sum, { facts }) => sum + (facts.bytes ?? 0), SPARE_BYTES);
  const { bavail, bsize } = await statfs(dir);
  if (bavail * bsize >= wanted) return;
  const megabytes = Math.ceil(wanted / 1e6);
  throw new AppError('DISK_FULL', {
    message: `${dir} has no room for a model of ${megabytes} MB`,
    remedy: 'Free some space, or choose another folder with --models-dir.',
  });
}

function lacking({ hubId }: WantedModel, path: string): AppError {
  return new AppError('MODEL_MISSING', {
    message: `${hubId} has no ${path}, and without it Pharos cannot run the model`,
    remedy:
      'Look for an ONNX export of it on the hub, or export it into a folder and give that with --model.',
  });
}

function fail(error: AppError): never {
  throw error;
}

/** What went wrong, and what to do without a working line to the hub. */
function explained(
  error: unknown,
  wanted: WantedModel,
  { client, modelsDir, signal }: FetchOptions,
): unknown {
  if (signal?.aborted) {
    const message = `Interrupted while fetching ${wanted.name}; what came is kept`;
    return new AppError('INTERRUPTED', { message }, { cause: error });
  }
  if (isAppError(error, 'MODEL_FETCH_FAILED') && error.remedy.startsWith('Run the same command')) {
    const files = [...NEEDED_FILES, WEIGHT_FILES.q8].join(', ');
    const remedy =
      'Run the same command again; it goes on where it stopped. Or bring the files over by hand: ' +
      `${files} from ${client.pageOf(wanted)}, into a folder of the same layout that you give with --model.`;
    return new AppError(
      'MODEL_FETCH_FAILED',
      { message: `${wanted.name}: ${error.message}`, remedy },
      { cause: error },
    );
  }
  const code = (error as NodeJS.ErrnoException | undefined)?.code ?? '';
  if (['ENOSPC', 'EDQUOT'].includes(code)) {
    return new AppError('DISK_FULL', { message: `The disk is full: ${modelsDir}` }, { cause: error });
  }
  if (['EACCES', 'EPERM', 'EROFS', 'ENOTDIR', 'EEXIST'].includes(code)) {
    const message = `Nothing can be written to ${modelsDir}: ${(error as Error).message}`;
    const remedy = 'Choose another folder for fetched models with --models-dir.';
    return new AppError('MODEL_FETCH_FAILED', { message, remedy }, { cause: error });
  }
  return error;
}
