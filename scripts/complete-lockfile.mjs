/**
 * Adds to package-lock.json the platform packages that npm leaves out when a registry mirror does not carry them.
 * `npm ci` refuses a lock file without them, even on a platform that needs none of them. Run after any change of
 * the dependencies: `node scripts/complete-lockfile.mjs`.
 */
import { readFileSync, writeFileSync } from 'node:fs';

const LOCKFILE = new URL('../package-lock.json', import.meta.url);
const SYSTEMS = ['android', 'darwin', 'freebsd', 'linux', 'openharmony', 'win32'];
const PROCESSORS = ['arm64', 'arm', 'ia32', 'ppc64', 'riscv64', 's390x', 'x64'];
const EXACT_VERSION = /^\d+\.\d+\.\d+(?:-[\w.]+)?$/;

const lock = JSON.parse(readFileSync(LOCKFILE, 'utf8'));
const added = [];
for (const [path, entry] of Object.entries(lock.packages)) {
  for (const [name, version] of Object.entries(entry.optionalDependencies ?? {})) {
    if (isLocked(path, name)) continue;
    lock.packages[`node_modules/${name}`] = platformEntry(name, version, entry);
    added.push(name);
  }
}
lock.packages = Object.fromEntries(Object.entries(lock.packages).sort(([a], [b]) => (a < b ? -1 : 1)));
writeFileSync(LOCKFILE, `${JSON.stringify(lock, null, 2)}\n`);
process.stdout.write(`${added.length} added${added.length > 0 ? `: ${added.join(', ')}` : ''}\n`);

/** Whether a package at `path` finds `name` in its own node_modules or in one above it. */
function isLocked(path, name) {
  const folders = path.split('/node_modules/');
  const places = folders.map((_, depth) => folders.slice(0, depth + 1).join('/node_modules/'));
  return ['', ...places.map((place) => `${place}/`)].some(
    (place) => `${place}node_modules/${name}` in lock.packages,
  );
}

function platformEntry(name, version, { dev, license }) {
  const words = name.split('/').at(-1).split('-');
  const os = SYSTEMS.find((system) => words.includes(system));
  const cpu = PROCESSORS.find((processor) => words.includes(processor));
  if (!EXACT_VERSION.test(version) || os === undefined || cpu === undefined) {
    throw new Error(`${name}@${version} is no platform package this script understands; add it by hand`);
  }
  const libc = words.some((word) => word.startsWith('musl')) ? ['musl'] : undefined;
  return {
    version,
    cpu: [cpu],
    ...(dev && { dev }),
    ...(os === 'linux' && { libc: libc ?? ['glibc'] }),
    ...(license && { license }),
    optional: true,
    os: [os],
  };
}
