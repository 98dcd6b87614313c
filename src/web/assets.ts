/**
 * The script and the styles of the pages, as Vite built them: names with a hash of the contents, so that a browser may
 * keep them for ever. Without a build the pages have no looks and no script, and work all the same.
 */
import { readFileSync } from 'node:fs';
import { extname, join } from 'node:path';
import { Reply } from '../api/reply.ts';
import { nothing } from '../api/request-schemas.ts';
import type { Route } from '../api/route.ts';
import { AppError } from '../fault/app-error.ts';

export interface Assets {
  /** Addresses of style sheets. */
  readonly styles: readonly string[];
  /** Addresses of module scripts. */
  readonly scripts: readonly string[];
  /** Runs before the first paint, so that a chosen theme does not flash. */
  readonly theme: string | undefined;
  /** The script of the map, which no other page needs. */
  readonly map: string | undefined;
  readonly files: ReadonlyMap<string, Asset>;
}

interface Asset {
  readonly bytes: Buffer;
  readonly type: string;
}

interface ManifestEntry {
  readonly file: string;
  readonly css?: readonly string[];
  readonly src?: string;
  readonly isEntry?: boolean;
}

const PREFIX = '/assets/';
const FOR_EVER = 'public, max-age=31536000, immutable';
const TYPES: Readonly<Record<string, string>> = {
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
};
const NO_ASSETS: Assets = { styles: [], scripts: [], theme: undefined, map: undefined, files: new Map() };

/** `folder` is what Vite wrote. */
export function loadAssets(folder: string): Assets {
  const manifest = readManifest(folder);
  if (!manifest) return NO_ASSETS;
  const names = new Set(manifest.flatMap(({ file, css = [] }) => [file, ...css]));
  const files = new Map(
    [...names].map((name) => {
      const type = TYPES[extname(name)] ?? 'application/octet-stream';
      return [name, { bytes: readFileSync(join(folder, name)), type }];
    }),
  );
  const entry = (name: string) => manifest.find(({ src, isEntry }) => isEntry && src?.endsWith(name));
  const [main, theme, map] = [entry('main.ts'), entry('theme.ts'), entry('map.ts')];
  return {
    styles: (main?.css ?? []).map((name) => PREFIX + name),
    scripts: main ? [PREFIX + main.file] : [],
    theme: theme && PREFIX + theme.file,
    map: map && PREFIX + map.file,
    files,
  };
}

export function assetRoute({ files }: Assets): Route {
  return {
    method: 'get',
    address: `${PREFIX}{name}`,
    path: `${PREFIX}:name`,
    summary: 'Styles and scripts of the pages.',
    input: nothing,
    // They are the same for everybody, and the page on which one signs in needs them.
    scope: 'open',
    answer: async ({ params }) => {
      const asset = files.get(String(params.name));
      if (!asset) throw new AppError('ROUTE_NOT_FOUND', { message: 'There is no such file.' });
      return new Reply(asset.bytes, { type: asset.type, headers: { 'Cache-Control': FOR_EVER } });
    },
  };
}

function readManifest(folder: string): ManifestEntry[] | undefined {
  try {
    const entries = JSON.parse(readFileSync(join(folder, 'manifest.json'), 'utf8')) as Record<
      string,
      ManifestEntry
    >;
    return Object.values(entries);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}
