/**
 * An Embedder without a model: signed feature hashing of words and word pairs (Weinberger et al., ICML 2009).
 * Deterministic and instant, so that all of Pharos runs in tests in milliseconds. Texts are near when they share
 * words; what words mean it does not know.
 */
import { AppError } from '../fault/app-error.ts';
import { TEXT_TEMPLATE } from '../paper/embedded-text.ts';
import { fold } from '../text/fold.ts';
import type { Embedder, ModelIdentity } from './embedder.ts';
import { fingerprintOf } from './model-identity.ts';
import { scaleToUnitLength } from './unit-vector.ts';

const WORD = /[\p{L}\p{N}]+/gu;
const DEFAULT_DIMENSIONS = 384;
// Most short words are function words; without a list of them this keeps two texts apart that share nothing else.
const SHORT_WORD = 3;
const SHORT_WORD_WEIGHT = 0.2;
const PAIR_WEIGHT = 0.5;

export class HashingEmbedder implements Embedder {
  readonly model: ModelIdentity;

  constructor({ dimensions = DEFAULT_DIMENSIONS }: { readonly dimensions?: number } = {}) {
    const settings = {
      name: 'hashing',
      revision: '1',
      dtype: 'fp32',
      dimensions,
      pooling: 'hashing',
      maxTokens: Number.MAX_SAFE_INTEGER,
      queryPrefix: '',
      documentPrefix: '',
      textTemplate: TEXT_TEMPLATE,
    } as const;
    this.model = { ...settings, fingerprint: fingerprintOf(settings) };
  }

  async embedQuery(text: string): Promise<Float32Array> {
    return hashedVector(text, this.model.dimensions);
  }

  async embedDocuments(
    texts: readonly string[],
    { signal }: { readonly signal?: AbortSignal } = {},
  ): Promise<Float32Array[]> {
    if (signal?.aborted) {
      throw new AppError('INTERRUPTED', { message: 'Embedding was interrupted' }, { cause: signal.reason });
    }
    return texts.map((text) => hashedVector(text, this.model.dimensions));
  }

  async close(): Promise<void> {
    // Nothing is held.
  }
}

function hashedVector(text: string, dimensions: number): Float32Array {
  const vector = new Float32Array(dimensions);
  let previous: string | undefined;
  for (const [word] of fold(text).matchAll(WORD)) {
    addFeature(vector, word, word.length > SHORT_WORD ? 1 : SHORT_WORD_WEIGHT);
    if (previous) addFeature(vector, `${previous} ${word}`, PAIR_WEIGHT);
    previous = word;
  }
  // A text without words, or one whose words cancel out, still needs a direction: always the same one.
  if (scaleToUnitLength(vector) === 0) vector[0] = 1;
  return vector;
}

function addFeature(vector: Float32Array, feature: string, weight: number): void {
  const hash = fnv1a(feature);
  const at = (hash >>> 1) % vector.length;
  vector[at] = (vector[at] ?? 0) + (hash & 1 ? weight : -weight);
}

/** FNV-1a over UTF-16 units, 32 bits, finished with a round of mixing because its lowest bit is a mere parity. */
function fnv1a(text: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < text.length; at++) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  return (hash ^ (hash >>> 13)) >>> 0;
}
