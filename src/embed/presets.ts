/**
 * The models Pharos knows: how each wants its texts, pools its output and may be used. A preset says nothing about
 * where the files lie; `model-folder.ts` brings the two together.
 */

export interface ModelPreset {
  /** Also the name of the folder it is recognised by. */
  readonly name: string;
  /** Where the published model lives: `owner/name` on the hub. */
  readonly hubId: string;
  /** Which state of the weights; never a branch. */
  readonly revision: string;
  /** `q8` reads `onnx/model_quantized.onnx`, `fp32` reads `onnx/model.onnx`. */
  readonly dtype: 'q8' | 'fp32';
  /** The mean over the tokens, or the first token. */
  readonly pooling: 'mean' | 'cls';
  readonly dimensions: number;
  /** Longest input, special tokens included; the rest of a text is not read. */
  readonly maxTokens: number;
  readonly queryPrefix: string;
  readonly documentPrefix: string;
  /** ISO 639-1 codes of the languages it was trained for. */
  readonly languages: readonly string[];
  /** SPDX. */
  readonly licence: string;
}

const ALL_MINILM_L6_V2: ModelPreset = {
  name: 'all-MiniLM-L6-v2',
  hubId: 'sentence-transformers/all-MiniLM-L6-v2',
  // The first digits of the SHA-256 of the published weights that the bundled file was exported from.
  revision: '53aa51172d14',
  dtype: 'q8',
  pooling: 'mean',
  dimensions: 384,
  maxTokens: 256,
  queryPrefix: '',
  documentPrefix: '',
  languages: ['en'],
  licence: 'Apache-2.0',
};

export const MODEL_PRESETS: readonly ModelPreset[] = [ALL_MINILM_L6_V2];

/** Case does not matter. */
export function presetNamed(name: string): ModelPreset | undefined {
  const wanted = name.toLowerCase();
  return MODEL_PRESETS.find((preset) => preset.name.toLowerCase() === wanted);
}
