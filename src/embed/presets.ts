/**
 * The models Pharos knows: how each wants its texts, pools its output and may be used, and where its files are
 * published. A preset says nothing about where files lie on this machine; `model-folder.ts` brings the two together.
 */

/** What turns tokens into the one vector of a text: their mean, the first or the last of them. */
export type Pooling = 'mean' | 'cls' | 'last';

/** How a model is used, whoever said so: a preset, or the files of the model themselves. */
export interface ModelRecipe {
  /** What an index calls the model: the name of a preset, of a folder, or `owner/name` on the hub. */
  readonly name: string;
  /** Which state of the weights. */
  readonly revision: string;
  /** `q8` reads `onnx/model_quantized.onnx`, `fp32` reads `onnx/model.onnx`. */
  readonly dtype: 'q8' | 'fp32';
  readonly pooling: Pooling;
  readonly dimensions: number;
  /** Longest input, special tokens included; the rest of a text is not read. */
  readonly maxTokens: number;
  readonly queryPrefix: string;
  readonly documentPrefix: string;
  /** What stands between title and abstract; a line feed unless the model was trained on something else. */
  readonly separator?: string;
}

export interface ModelPreset extends ModelRecipe {
  /** The model as its authors published it: `owner/name` on the hub. */
  readonly origin: string;
  /** Where its ONNX export is fetched from: `owner/name` on the hub. */
  readonly hubId: string;
  /** A commit; a branch only where no commit could be verified, and then the first download is what holds. */
  readonly revision: string;
  /** ISO 639-1 codes of the languages it was trained for. */
  readonly languages: readonly string[];
  /** SPDX; NOASSERTION where its authors state none. */
  readonly licence: string;
  /** About so much is fetched. */
  readonly bytes: number;
  /** SHA-256 of files, as far as independent public sources agree on it. The others are recorded when fetched. */
  readonly sha256: Readonly<Record<string, string>>;
}

const ENGLISH = ['en'];
const WEIGHTS = 'onnx/model_quantized.onnx';
const TOKENIZER = 'tokenizer.json';
const NO_PREFIXES = { queryPrefix: '', documentPrefix: '' };
const E5_PREFIXES = { queryPrefix: 'query: ', documentPrefix: 'passage: ' };
/** bge and arctic-embed were trained with the same instruction before questions and with nothing before papers. */
const INSTRUCTED = {
  queryPrefix: 'Represent this sentence for searching relevant passages: ',
  documentPrefix: '',
};
/** The family most of the small models belong to. */
const SMALL = { dtype: 'q8', dimensions: 384, maxTokens: 512 } as const;
const XLM_R_LANGUAGES = (
  'af am ar as az be bg bn br bs ca cs cy da de el en eo es et eu fa fi fr fy ga gd gl gu ha he hi hr hu hy id ' +
  'is it ja jv ka kk km kn ko ku ky la lo lt lv mg mk ml mn mr ms my ne nl no om or pa pl ps pt ro ru sa sd si ' +
  'sk sl so sq sr su sv sw ta te th tl tr ug uk ur uz vi xh yi zh'
).split(' ');

const ALL_MINILM_L6_V2: ModelPreset = {
  ...SMALL,
  ...NO_PREFIXES,
  name: 'all-MiniLM-L6-v2',
  origin: 'sentence-transformers/all-MiniLM-L6-v2',
  hubId: 'sentence-transformers/all-MiniLM-L6-v2',
  // The first digits of the SHA-256 of the published weights that the bundled file was exported from.
  revision: '53aa51172d14',
  pooling: 'mean',
  maxTokens: 256,
  languages: ENGLISH,
  licence: 'Apache-2.0',
  bytes: 23_275_000,
  sha256: {},
};

const BGE_SMALL: ModelPreset = {
  ...SMALL,
  ...INSTRUCTED,
  name: 'bge-small-en-v1.5',
  origin: 'BAAI/bge-small-en-v1.5',
  hubId: 'Xenova/bge-small-en-v1.5',
  revision: 'ea104dacec62c0de699686887e3f920caeb4f3e3',
  pooling: 'cls',
  languages: ENGLISH,
  licence: 'MIT',
  bytes: 34_727_000,
  sha256: {
    [WEIGHTS]: '6c9c6101a956d62dfb5e7190c538226c0c5bb9cb27b651234b6df063ee7dbfe4',
    [TOKENIZER]: 'd241a60d5e8f04cc1b2b3e9ef7a4921b27bf526d9f6050ab90f9267a1f9e5c66',
  },
};

const MULTI_QA_MINILM: ModelPreset = {
  ...SMALL,
  ...NO_PREFIXES,
  name: 'multi-qa-MiniLM-L6-cos-v1',
  origin: 'sentence-transformers/multi-qa-MiniLM-L6-cos-v1',
  hubId: 'Xenova/multi-qa-MiniLM-L6-cos-v1',
  revision: '3c96c1df3fec9a98a5de76e80877c8bec18498f6',
  pooling: 'mean',
  languages: ENGLISH,
  licence: 'NOASSERTION',
  bytes: 23_700_000,
  sha256: {},
};

const E5_SMALL: ModelPreset = {
  ...SMALL,
  ...E5_PREFIXES,
  name: 'e5-small-v2',
  origin: 'intfloat/e5-small-v2',
  hubId: 'Xenova/e5-small-v2',
  revision: '02af79985278377e65c724a76275707cb0333c70',
  pooling: 'mean',
  languages: ENGLISH,
  licence: 'MIT',
  bytes: 34_727_000,
  sha256: {
    [WEIGHTS]: '7d9092cb25f2bd1c023b7e8d2aa459044a02030ac880e5a59fdaf27af69f1ded',
    [TOKENIZER]: 'd241a60d5e8f04cc1b2b3e9ef7a4921b27bf526d9f6050ab90f9267a1f9e5c66',
  },
};

const MULTILINGUAL_E5_SMALL: ModelPreset = {
  ...SMALL,
  ...E5_PREFIXES,
  name: 'multilingual-e5-small',
  origin: 'intfloat/multilingual-e5-small',
  hubId: 'Xenova/multilingual-e5-small',
  revision: '761b726dd34fb83930e26aab4e9ac3899aa1fa78',
  pooling: 'mean',
  languages: XLM_R_LANGUAGES,
  licence: 'MIT',
  bytes: 135_392_000,
  sha256: {
    [WEIGHTS]: 'f80102d3f2a1229f387d3c81909990d8945513e347b0eab049f7de3c6f98c193',
    [TOKENIZER]: '0b44a9d7b51c3c62626640cda0e2c2f70fdacdc25bbbd68038369d14ebdf4c39',
  },
};

const ARCTIC_EMBED_S: ModelPreset = {
  ...SMALL,
  ...INSTRUCTED,
  name: 'snowflake-arctic-embed-s',
  origin: 'Snowflake/snowflake-arctic-embed-s',
  hubId: 'Snowflake/snowflake-arctic-embed-s',
  revision: 'e596f507467533e48a2e17c007f0e1dacc837b33',
  pooling: 'cls',
  languages: ENGLISH,
  licence: 'Apache-2.0',
  bytes: 34_730_000,
  sha256: {
    [WEIGHTS]: 'f93ff225320628d2e88baf2a395cae791b0e3b27edf5c70bf7b312a4d3260c14',
    [TOKENIZER]: '91f1def9b9391fdabe028cd3f3fcc4efd34e5d1f08c3bf2de513ebb5911a1854',
  },
};

const GTE_SMALL: ModelPreset = {
  ...SMALL,
  ...NO_PREFIXES,
  name: 'gte-small',
  origin: 'thenlper/gte-small',
  hubId: 'Xenova/gte-small',
  revision: '5927d1727bb12db490052a1b33265ad78058de08',
  pooling: 'mean',
  languages: ENGLISH,
  licence: 'MIT',
  bytes: 34_727_000,
  // One public source only, so the files are left to what the hub says of them under this commit.
  sha256: {},
};

const SPECTER2: ModelPreset = {
  ...NO_PREFIXES,
  name: 'specter2',
  origin: 'allenai/specter2',
  // Its authors publish no ONNX file. This is others' export of the base model with the proximity adapter merged in.
  hubId: 'papergraph3d/specter2-proximity-onnx',
  revision: 'main',
  dtype: 'q8',
  pooling: 'cls',
  dimensions: 768,
  maxTokens: 512,
  separator: '[SEP]',
  languages: ENGLISH,
  licence: 'Apache-2.0',
  bytes: 109_000_000,
  sha256: {},
};

/** The bundled one first. */
export const MODEL_PRESETS: readonly ModelPreset[] = [
  ALL_MINILM_L6_V2,
  BGE_SMALL,
  MULTI_QA_MINILM,
  E5_SMALL,
  MULTILINGUAL_E5_SMALL,
  ARCTIC_EMBED_S,
  GTE_SMALL,
  SPECTER2,
];

/** By its name, or by where it or its export is published. Case does not matter. */
export function presetNamed(name: string): ModelPreset | undefined {
  const wanted = name.toLowerCase();
  return MODEL_PRESETS.find((preset) =>
    [preset.name, preset.origin, preset.hubId].some((known) => known.toLowerCase() === wanted),
  );
}

/** Whether a download is held to a commit that is known beforehand. */
export function isPinned({ revision }: ModelPreset): boolean {
  return /^[0-9a-f]{40}$/.test(revision);
}
