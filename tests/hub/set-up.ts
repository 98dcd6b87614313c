/** A stand-in hub, a client that gives up soon, and an empty cache, for one test. */
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import {
  type FetchOptions,
  type FetchProgress,
  fetchModel,
  type WantedModel,
} from '../../src/hub/fetch-model.ts';
import { HubClient, type HubClientOptions } from '../../src/hub/hub-client.ts';
import { type StandInOptions, startHub } from './stand-in-hub.ts';

export const WEIGHTS = 'onnx/model_quantized.onnx';
export const FILES = {
  'config.json': '{"hidden_size": 8}',
  'tokenizer.json': '{"some": "tokens"}',
  'tokenizer_config.json': '{}',
  'modules.json': '[]',
  [WEIGHTS]: Buffer.alloc(300_000, 'weights'),
};
export const WANTED: WantedModel = { name: 'stand/in', hubId: 'stand/in', revision: 'main', sha256: {} };
const QUICK = {
  tries: 4,
  triesUnanswered: 2,
  firstPauseMs: 1,
  longestPauseMs: 5,
  longestRetryAfterMs: 2_000,
};

export interface Setup extends Partial<StandInOptions> {
  readonly client?: Partial<HubClientOptions>;
}

export async function setUp({ client: clientOptions = {}, ...options }: Setup = {}) {
  const hub = await startHub({ hubId: 'stand/in', files: FILES, ...options });
  const client = new HubClient({ hub: hub.url, patience: QUICK, idleMs: 5_000, ...clientOptions });
  const modelsDir = mkdtempSync(join(tmpdir(), 'pharos-models-'));
  onTestFinished(async () => {
    await client.close();
    await hub.close();
    rmSync(modelsDir, { recursive: true, force: true });
  });
  const progress: FetchProgress[] = [];
  const fetch = (wanted: Partial<WantedModel> = {}, more: Partial<FetchOptions> = {}) =>
    fetchModel(
      { ...WANTED, ...wanted },
      { client, modelsDir, onProgress: (step) => progress.push(step), ...more },
    );
  return { hub, client, modelsDir, fetch, progress };
}

/** What is in the cache beside whole models. */
export function leftovers(modelsDir: string): string[] {
  return readdirSync(modelsDir).filter((name) => !/@[0-9a-f]{40}$|@main$/.test(name));
}
