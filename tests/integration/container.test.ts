/**
 * The Dockerfile and what stands beside it, as far as that can be held without Docker: its form, that what it copies is
 * there, and that its commands do what they should where they run.
 */
import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, it, onTestFinished } from 'vitest';
import { environmentOf, readStages } from './dockerfile.ts';
import { serving } from './serving.ts';

const run = promisify(execFile);
const STAGES = readStages(await readFile('Dockerfile', 'utf8'));
const [FINAL] = STAGES.slice(-1);
const IGNORED = (await readFile('.dockerignore', 'utf8')).split('\n');
const INSTALLED = process.env.INSTALLED_PHAROS;

function valuesOf(name: string): string[] {
  return FINAL?.instructions.flatMap((each) => (each.name === name ? [each.value] : [])) ?? [];
}

function listIn(value: string | undefined): string[] {
  return JSON.parse(value?.replace(/^.*?CMD\s+/, '') ?? '[]') as string[];
}

/** By the health check of the image, for a server that listens elsewhere. */
function isHealthy(port: string): Promise<boolean> {
  const [program = '', ...parameters] = listIn(valuesOf('HEALTHCHECK')[0]);
  const env = { ...process.env, PHAROS_PORT: port };
  return run(program, parameters, { env }).then(
    () => true,
    () => false,
  );
}

async function temporaryFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'pharos-image-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

describe('the Dockerfile', () => {
  it('builds in stages on one pinned release, and ends with the smallest', () => {
    expect(STAGES.map(({ name }) => name)).toEqual(['program', 'modules', undefined]);
    for (const { base } of STAGES) expect(base).toMatch(/^node:\d+-bookworm(-slim)?$/);
    expect(FINAL?.base).toMatch(/-slim$/);
    const major = /:(\d+)-/.exec(FINAL?.base ?? '')?.[1];
    expect(Number(major)).toBeGreaterThanOrEqual(20);
  });

  it('runs as nobody who may change the program', () => {
    expect(valuesOf('USER')).toEqual(['1000:1000']);
    const names = FINAL?.instructions.map(({ name }) => name) ?? [];
    expect(names.lastIndexOf('USER')).toBeGreaterThan(names.lastIndexOf('RUN'));
    expect(names.lastIndexOf('USER')).toBeGreaterThan(names.lastIndexOf('COPY'));
    const every = STAGES.flatMap(({ instructions }) => instructions);
    const of = (wanted: string) => every.flatMap(({ name, value }) => (name === wanted ? [value] : []));
    expect([...of('ADD'), ...of('MAINTAINER')]).toEqual([]);
    expect(of('COPY').filter((value) => value.includes('--chown'))).toEqual([]);
    expect(of('WORKDIR').filter((value) => !value.startsWith('/'))).toEqual([]);
    expect(of('RUN').filter((value) => /sudo|curl|wget|apt-get/.test(value))).toEqual([]);
  });

  it('copies what is there, and the context holds nothing else', () => {
    const copies = STAGES.flatMap(({ instructions }) => instructions)
      .filter(({ name }) => name === 'COPY')
      .map(({ value }) => value.split(' '));
    const stages = copies.flat().filter((part) => part.startsWith('--from='));
    const known = STAGES.map(({ name }) => `--from=${name}`);
    expect(stages.filter((stage) => !known.includes(stage))).toEqual([]);
    const fromContext = copies.filter(([first = '']) => !first.startsWith('--'));
    const copied = new Set(fromContext.flatMap((parts) => parts.slice(0, -1)));
    expect(copied.size).toBeGreaterThan(5);
    for (const source of copied) expect(existsSync(source)).toBe(true);
    const taken = IGNORED.filter((line) => line.startsWith('!')).map((line) => line.slice(1));
    expect(new Set(taken)).toEqual(copied);
    expect(IGNORED).toContain('*');
  });

  it('brings all that the package holds for running', async () => {
    const { files } = JSON.parse(await readFile('package.json', 'utf8')) as { files: string[] };
    const inImage = valuesOf('COPY').map((value) => value.split(' ').at(-1));
    const notRun = ['docs', 'deploy', 'ARCHITECTURE.md', 'CHANGELOG.md'];
    expect(files.filter((file) => !notRun.includes(file) && !inImage.includes(file))).toEqual([]);
  });

  it('starts and is healthy with the settings and the command of the image', async () => {
    const folder = await temporaryFolder();
    const [, ...options] = listIn(valuesOf('CMD')[0]);
    // Without it the server would not start before there is a key.
    expect(options).toContain('--public');
    const image = FINAL ? environmentOf(FINAL) : {};
    expect(image).toMatchObject({ PHAROS_HOST: '0.0.0.0', PHAROS_INDEX: expect.stringMatching(/^\/data\//) });
    // The folders and the address are those of the test; that the model is the bundled one costs a minute.
    const settings = ['--index', join(folder, 'index'), '--host', '127.0.0.1', '--model', 'hashing'];
    const { url, stop } = await serving([...options, ...settings]);
    onTestFinished(stop);
    const { port } = new URL(url);
    expect(await isHealthy(port)).toBe(true);
    stop();
    expect(await isHealthy('1')).toBe(false);
  });

  it.skipIf(INSTALLED === undefined)(
    'needs none of the modules that it leaves out (skipped unless INSTALLED_PHAROS is set)',
    async () => {
      const folder = await temporaryFolder();
      // Hard links: what is left out is unlinked here and stays there.
      await run('cp', ['-al', join(INSTALLED ?? '', 'node_modules'), folder]);
      const leaving = STAGES.flatMap(({ instructions }) => instructions).find(({ value }) =>
        value.startsWith('rm -rf node_modules/'),
      );
      const sizeOf = async () => Number((await run('du', ['-sk', folder])).stdout.split('\t')[0]);
      const before = await sizeOf();
      await run('sh', ['-c', leaving?.value ?? 'false'], { cwd: folder });
      expect(await sizeOf()).toBeLessThan(before / 2);
      const program = join(folder, 'node_modules/pharos-search/dist/cli/main.js');
      const [paper = ''] = (await readFile('data/sample.jsonl', 'utf8'))
        .split('\n')
        .filter((line) => line.includes('"1512.03385"'));
      await writeFile(join(folder, 'one.jsonl'), paper);
      const options = ['--sample', 'one.jsonl', '--index', 'index'];
      const { url, stop } = await serving(options, { program, cwd: folder });
      onTestFinished(stop);
      const answer = await fetch(`${url}/api/v1/search?q=residual+learning&limit=1`);
      expect(await answer.json()).toMatchObject({ hits: [{ paper: { id: '1512.03385' } }] });
    },
  );
});

describe('what stands beside it', () => {
  const read = (path: string) => readFile(path, 'utf8');

  it('compose.yaml keeps the port on this machine and the index in a volume', async () => {
    const compose = await read('compose.yaml');
    expect(compose).toContain('- "127.0.0.1:7433:7433"');
    expect(compose).not.toMatch(/- "?7433:/);
    expect(compose).toContain('- papers:/data');
    expect(valuesOf('VOLUME')).toEqual(['/data']);
    expect(valuesOf('EXPOSE')).toEqual(['7433']);
    expect(compose).toMatch(/read_only: true[\s\S]*- ALL[\s\S]*no-new-privileges:true/);
  });

  it('the unit names settings and options that there are', async () => {
    const unit = await read('deploy/pharos.service');
    const { SETTING_NOTES } = await import('../../src/config/setting-notes.ts');
    const known = Object.values(SETTING_NOTES).map(({ env }) => env as string);
    const named = [...unit.matchAll(/PHAROS_[A-Z_]+/g)].map(([name]) => name);
    expect(named.length).toBeGreaterThan(1);
    for (const name of [...named, ...Object.keys(FINAL ? environmentOf(FINAL) : {})]) {
      expect([...known, 'NODE_ENV']).toContain(name);
    }
    expect(unit).not.toContain('MemoryDenyWriteExecute=yes');
    expect(unit).toMatch(/^ExecStart=\/usr\/local\/bin\/pharos serve --sample$/m);
  });

  it('both proxies ask where Pharos listens, and say that somebody is elsewhere', async () => {
    const { SETTING_NOTES } = await import('../../src/config/setting-notes.ts');
    const address = `127.0.0.1:${SETTING_NOTES.port.defaultNote}`;
    const nginx = await read('deploy/nginx.conf');
    expect(nginx).toContain(`server ${address};`);
    // What would make a stranger look like the owner of the machine.
    expect(nginx).toMatch(/proxy_set_header X-Forwarded-For \$proxy_add_x_forwarded_for;/);
    expect(nginx).toMatch(/proxy_set_header Host \$host;/);
    expect(nginx).toContain('client_max_body_size 0;');
    const caddy = await read('deploy/Caddyfile');
    expect(caddy).toContain(`reverse_proxy ${address}`);
    expect(caddy).not.toMatch(/header_up\s+-/);
  });

  it('is all told of in docs/running.md, which names what is there', async () => {
    const document = await read('docs/running.md');
    for (const file of [
      'Dockerfile',
      'compose.yaml',
      ...(await readdir('deploy')).map((name) => `deploy/${name}`),
    ]) {
      expect(document).toContain(file);
    }
    for (const [, link = ''] of document.matchAll(/\]\(([^)#]+)[^)]*\)/g)) {
      if (!link.startsWith('http')) expect(existsSync(resolve('docs', link))).toBe(true);
    }
  });
});
