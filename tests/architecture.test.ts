/**
 * Holds the import lines of src/ to the house: arrows point one way, and each outside library lives in one room.
 * ARCHITECTURE.md shows the same table to people; the last test keeps the two together.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { expect, test } from 'vitest';

const SRC = resolve(import.meta.dirname, '../src');

/** Which rooms a room may import. A folder of engine/ is a room of its own: nobody but cli/ looks behind the port. */
const MAY_IMPORT: Readonly<Record<string, readonly string[]>> = {
  fault: [],
  vector: [],
  text: ['fault'],
  paper: ['text', 'fault'],
  config: ['fault', 'text'],
  embed: ['paper', 'text', 'fault'],
  http: ['fault'],
  hub: ['embed', 'http', 'text', 'fault'],
  engine: ['paper', 'text', 'fault'],
  'engine/embedded': ['engine', 'paper', 'text', 'vector', 'fault'],
  'engine/exact': ['engine', 'paper', 'text', 'vector', 'fault'],
  ingest: ['paper', 'text', 'vector', 'fault'],
  sources: ['http', 'ingest', 'paper', 'text', 'fault'],
  search: ['embed', 'engine', 'paper', 'text', 'fault'],
  citations: ['paper', 'text', 'fault'],
  discover: ['search', 'embed', 'engine', 'paper', 'text', 'vector', 'fault'],
  map: ['discover', 'engine', 'paper', 'text', 'vector', 'fault'],
  indexer: ['embed', 'engine', 'sources', 'ingest', 'paper', 'text', 'fault'],
  evaluate: ['search', 'indexer', 'embed', 'engine', 'ingest', 'paper', 'text', 'fault'],
  alerts: ['search', 'http', 'engine', 'paper', 'text', 'fault'],
  shelf: ['alerts', 'search', 'engine', 'paper', 'text', 'fault'],
  backup: ['fault'],
  sync: ['indexer', 'text', 'fault'],
  access: ['fault'],
  web: [
    'api',
    'shelf',
    'citations',
    'discover',
    'feeds',
    'map',
    'shelf',
    'search',
    'engine',
    'ingest',
    'paper',
    'text',
    'fault',
  ],
  feeds: ['engine', 'paper', 'text', 'fault'],
  doors: ['feeds', 'discover', 'search', 'citations', 'engine', 'paper', 'text', 'fault'],
  api: [
    'access',
    'alerts',
    'shelf',
    'citations',
    'discover',
    'map',
    'doors',
    'feeds',
    'sync',
    'search',
    'embed',
    'engine',
    'paper',
    'text',
    'fault',
  ],
  cli: [
    'access',
    'backup',
    'web',
    'api',
    'client',
    'alerts',
    'shelf',
    'citations',
    'evaluate',
    'sync',
    'map',
    'discover',
    'search',
    'indexer',
    'hub',
    'sources',
    'http',
    'embed',
    'engine',
    'engine/embedded',
    'ingest',
    'config',
    'paper',
    'text',
    'fault',
  ],
  // Types only: it runs where there is nothing else of Pharos.
  client: ['citations', 'discover', 'search', 'engine', 'paper', 'fault'],
  library: [
    'cli',
    'api',
    'client',
    'search',
    'indexer',
    'embed',
    'engine',
    'engine/embedded',
    'ingest',
    'config',
    'paper',
    'fault',
  ],
};

/** The one room of each outside library; `*` for those that guard every edge. */
const LIBRARIES: Readonly<Record<string, readonly string[]>> = {
  '@xenova/transformers': ['embed'],
  'onnxruntime-node': ['embed'],
  undici: ['http'],
  // Two files, two owners: papers.db is the engine's, and alerts.db has writers of its own. A backup copies both whole.
  'better-sqlite3': ['engine/embedded', 'alerts', 'backup'],
  'hnswlib-node': ['engine/embedded'],
  'lru-cache': ['embed', 'engine/embedded'],
  porter2: ['text'],
  'fastest-levenshtein': ['text'],
  'csv-parse': ['ingest'],
  'fast-xml-parser': ['sources'],
  // One room reads archives of papers, the other writes and reads its own.
  tar: ['sources', 'backup'],
  saxes: ['ingest'],
  '@citation-js/core': ['citations'],
  '@citation-js/plugin-csl': ['citations'],
  'umap-js': ['map'],
  nodemailer: ['alerts'],
  express: ['api'],
  compression: ['api'],
  cors: ['api'],
  'openapi-explorer': ['api'],
  helmet: ['api'],
  'rate-limiter-flexible': ['api'],
  'prom-client': ['api'],
  '@modelcontextprotocol/sdk': ['api'],
  pino: ['api'],
  croner: ['alerts', 'sync'],
  preact: ['web'],
  'preact-render-to-string': ['web'],
  katex: ['web'],
  commander: ['cli'],
  'cli-progress': ['cli'],
  'fast-wrap-ansi': ['cli'],
  zod: ['*'],
};

interface Import {
  readonly file: string;
  readonly room: string;
  readonly target: string;
}

const IMPORT =
  /(?:^|\n)\s*(?:import|export)\s[^'"]*?from\s+['"]([^'"]+)['"]|\bimport\(\s*['"]([^'"]+)['"]\s*\)/g;

function roomOf(path: string): string {
  const parts = relative(SRC, path).split('/');
  const isInner = parts[0] === 'engine' && parts.length > 2;
  return isInner ? `${parts[0]}/${parts[1]}` : (parts[0] ?? '');
}

function allImports(): Import[] {
  const files = readdirSync(SRC, { recursive: true, encoding: 'utf8' }).filter((name) =>
    /\.tsx?$/.test(name),
  );
  return files.flatMap((name) => {
    const file = join(SRC, name);
    return [...readFileSync(file, 'utf8').matchAll(IMPORT)].map((match) => {
      const target = match[1] ?? match[2] ?? '';
      return {
        file: name,
        room: roomOf(file),
        target: target.startsWith('.') ? join(dirname(file), target) : target,
      };
    });
  });
}

const imports = allImports();

test('there are imports to check', () => {
  expect(imports.length).toBeGreaterThan(200);
});

test('arrows between rooms point one way', () => {
  const wrong = imports
    .filter(({ target }) => target.startsWith('/'))
    .filter(
      ({ room, target }) => room !== roomOf(target) && !(MAY_IMPORT[room] ?? []).includes(roomOf(target)),
    )
    .map(({ file, target }) => `${file} imports ${relative(SRC, target)}`);
  expect(wrong).toEqual([]);
});

test('every room is in the table and has something in it', () => {
  const rooms = new Set(imports.map(({ room }) => room));
  for (const room of rooms) expect(Object.keys(MAY_IMPORT)).toContain(room);
  for (const room of Object.keys(MAY_IMPORT)) {
    const files = readdirSync(join(SRC, room), { recursive: true, encoding: 'utf8' });
    expect(files.some((name) => name.endsWith('.ts'))).toBe(true);
  }
});

test('each outside library is imported in its room only', () => {
  const outside = imports.filter(({ target }) => !(target.startsWith('/') || target.startsWith('node:')));
  const wrong = outside.filter(({ room, target }) => {
    const name = target.split('/', target.startsWith('@') ? 2 : 1).join('/');
    const rooms = LIBRARIES[name] ?? [];
    return !(rooms.includes('*') || rooms.includes(room));
  });
  expect(wrong.map(({ file, target }) => `${file} imports ${target}`)).toEqual([]);
});

test('what the client imports of other rooms is gone when it is compiled', () => {
  const folder = join(SRC, 'client');
  const lines = readdirSync(folder).flatMap((name) => {
    const text = readFileSync(join(folder, name), 'utf8');
    return [...text.matchAll(/^(?:import|export) [^;]*? from '[^']+';/gm)].map(([line]) => line);
  });
  const atRunTime = lines.filter((line) => !/^(?:import|export) type /.test(line));
  expect(atRunTime.length).toBeGreaterThan(2);
  expect(atRunTime.filter((line) => !/ from '\.\/[a-z-]+\.ts';$/.test(line))).toEqual([]);
});

test('no two modules import each other in a circle', () => {
  const graph = new Map<string, string[]>();
  for (const { file, target } of imports) {
    if (target.startsWith('/')) graph.set(file, [...(graph.get(file) ?? []), relative(SRC, target)]);
  }
  const done = new Set<string>();
  const circles: string[] = [];
  const visit = (file: string, path: readonly string[]): void => {
    if (path.includes(file)) circles.push([...path.slice(path.indexOf(file)), file].join(' -> '));
    if (done.has(file) || path.includes(file)) return;
    for (const next of graph.get(file) ?? []) visit(next, [...path, file]);
    done.add(file);
  };
  for (const file of graph.keys()) visit(file, []);
  expect(circles).toEqual([]);
});

test('ARCHITECTURE.md names every room', () => {
  const text = readFileSync(resolve(SRC, '../ARCHITECTURE.md'), 'utf8');
  for (const room of Object.keys(MAY_IMPORT)) expect(text).toContain(`\`${room}/\``);
});
