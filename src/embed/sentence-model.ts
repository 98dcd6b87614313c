/**
 * Tokeniser and model of one worker: text in, unit vector out, blocking the thread while ONNX Runtime works.
 *
 * Texts run one by one, never as a batch. int8 activations are scaled by the largest value of the whole batch, so in
 * a batch a text's vector depends on its neighbours (cosine .98 to .99 against the text alone), while on a CPU a
 * batch saves no time: one text of 245 tokens fills a core, and there is no padding.
 */
import { AutoModel, AutoTokenizer, env, LogLevel, Tensor } from '@xenova/transformers';
import type { ModelIdentity } from './embedder.ts';
import { poolStates } from './pooling.ts';

export interface SentenceModel {
  embed(text: string): Promise<Float32Array>;
}

type Tokenizer = Awaited<ReturnType<typeof AutoTokenizer.from_pretrained>>;

// Read from the disk, ask nobody, say nothing.
env.allowRemoteModels = false;
env.useFSCache = false;
env.logLevel = LogLevel.NONE;

/** Rejects with whatever the libraries say about a folder without a working model. `threads` share one text. */
export async function loadSentenceModel(
  folder: string,
  identity: ModelIdentity,
  { threads }: { readonly threads: number },
): Promise<SentenceModel> {
  const tokenizer = await AutoTokenizer.from_pretrained(folder, { local_files_only: true });
  const model = await AutoModel.from_pretrained(folder, {
    local_files_only: true,
    dtype: identity.dtype === 'fp32' ? 'fp32' : 'q8',
    device: 'cpu',
    session_options: { intraOpNumThreads: threads, interOpNumThreads: 1 },
  });
  const ending = endingOf(tokenizer);
  // Never the hashing embedder's: that one is no model and is not loaded.
  const pooling = identity.pooling === 'hashing' ? 'mean' : identity.pooling;
  return {
    async embed(text) {
      const ids = truncate(tokenizer.encode(text), identity.maxTokens, ending);
      const output = await model({
        input_ids: rowTensor(ids),
        attention_mask: rowTensor(new Array<number>(ids.length).fill(1)),
      });
      return poolStates(hiddenStates(output), { pooling, dimensions: identity.dimensions });
    },
  };
}

/** The special tokens that close every text, such as `[SEP]`. */
function endingOf(tokenizer: Tokenizer): number[] {
  const ids = tokenizer.encode('a');
  const lastOfText = ids.findLastIndex((id) => !tokenizer.all_special_ids.includes(id));
  return ids.slice(lastOfText + 1);
}

/** Keeps the closing tokens, as the models were trained; the library's own truncation cuts them off. */
function truncate(ids: readonly number[], maxTokens: number, ending: readonly number[]): readonly number[] {
  return ids.length <= maxTokens ? ids : [...ids.slice(0, maxTokens - ending.length), ...ending];
}

function rowTensor(values: readonly number[]): Tensor {
  return new Tensor('int64', BigInt64Array.from(values, BigInt), [1, values.length]);
}

function hiddenStates(output: Readonly<Record<string, Tensor | undefined>>): Float32Array {
  const states = (output.last_hidden_state ?? output.token_embeddings)?.data;
  if (states instanceof Float32Array) return states;
  const given = Object.keys(output).join(', ') || 'nothing';
  throw new TypeError(`the model gives ${given}, and no last_hidden_state of floats to pool`);
}
