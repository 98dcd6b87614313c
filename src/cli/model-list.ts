/** The models Pharos knows, with whether they are here: for the list on the command line and for the API. */
import type { ListedModel } from '../api/context.ts';
import type { Settings } from '../config/settings.ts';
import { isPinned, MODEL_PRESETS, type ModelPreset } from '../embed/presets.ts';
import { presentFolder } from '../hub/find-model.ts';
import { fields, size } from './layout.ts';
import { modelFolders } from './open-model.ts';
import type { Palette } from './palette.ts';

export function listPresets(settings: Settings): Promise<ListedModel[]> {
  const folders = modelFolders(settings);
  return Promise.all(
    MODEL_PRESETS.map(async (preset) => ({
      preset,
      isPresent: (await presentFolder(preset, folders)) !== undefined,
    })),
  );
}

export interface ModelListOptions {
  readonly width: number;
  readonly palette: Palette;
  /** The model of the index, where there is one. */
  readonly inUse: string | undefined;
}

export function renderModels(models: readonly ListedModel[], options: ModelListOptions): string {
  return models.map((listed) => renderModel(listed, options)).join('\n\n');
}

function renderModel(
  { preset, isPresent }: ListedModel,
  { width, palette, inUse }: ModelListOptions,
): string {
  const { name, origin, dimensions, maxTokens, pooling, bytes, licence } = preset;
  const marks = [isPresent ? palette.good('here') : palette.faint('not fetched')];
  if (name === inUse) marks.push(palette.good('in use'));
  const rows: [string, string][] = [
    ['size', `${size(bytes)} · ${dimensions} dimensions · ${maxTokens} tokens · pools by ${pooling}`],
    ['languages', languagesOf(preset)],
    ['licence', licence === 'NOASSERTION' ? 'none stated by its authors' : licence],
    ['prefixes', prefixesOf(preset)],
    [
      'from',
      isPinned(preset) || preset.hubId === origin ? origin : `${origin}, exported by others, not pinned`,
    ],
  ];
  const body = fields(rows, { width: width - INDENT, faint: palette.faint });
  return [
    `${palette.strong(name)}  ${marks.join(' · ')}`,
    ...body.split('\n').map((line) => ' '.repeat(INDENT) + line),
  ].join('\n');
}

const INDENT = 2;
const FEW = 3;

function languagesOf({ languages }: ModelPreset): string {
  return languages.length <= FEW ? languages.join(', ') : `${languages.length} languages`;
}

function prefixesOf({ queryPrefix, documentPrefix }: ModelPreset): string {
  if (queryPrefix === '' && documentPrefix === '') return 'none';
  const shown = (prefix: string) => (prefix === '' ? 'none' : `"${prefix}"`);
  return `questions ${shown(queryPrefix)}, papers ${shown(documentPrefix)}`;
}
