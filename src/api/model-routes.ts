/** The models Pharos knows: what each is like, and whether it is on the machine of the server. */
import { MODEL_PRESETS } from '../embed/presets.ts';
import { modelsBody } from './answer-schemas.ts';
import type { ListedModel } from './context.ts';
import { readQuery } from './read-input.ts';
import { nothing } from './request-schemas.ts';
import type { Route } from './route.ts';

/** The first is the one that comes with Pharos. */
const EXAMPLE = {
  model: MODEL_PRESETS[0]?.name,
  models: MODEL_PRESETS.slice(0, 1).map((preset) => toModelBody({ preset, isPresent: true }, preset.name)),
};

export const modelRoutes: readonly Route[] = [
  {
    method: 'get',
    address: '/api/v1/models',
    path: '/api/v1/models',
    summary: 'The embedding models there are, and which of them this index was made with.',
    input: nothing,
    answers: { 'application/json': modelsBody },
    example: { answers: { 'application/json': EXAMPLE } },
    answer: async (request, { engine, models }) => {
      readQuery(nothing, request);
      const { space } = await engine.status();
      return { model: space.name, models: (await models()).map((listed) => toModelBody(listed, space.name)) };
    },
  },
];

/** Named field by field, as every body is. The command line prints the same. */
export function toModelBody({ preset, isPresent }: ListedModel, inUse: string | undefined) {
  const { name, origin, hubId, revision, dtype, dimensions, pooling, maxTokens } = preset;
  const { queryPrefix, documentPrefix, separator = '\n', languages, licence, bytes } = preset;
  return {
    name,
    origin,
    hubId,
    revision,
    dtype,
    dimensions,
    pooling,
    maxTokens,
    queryPrefix,
    documentPrefix,
    separator,
    languages,
    licence,
    bytes,
    present: isPresent,
    inUse: name === inUse,
  };
}
