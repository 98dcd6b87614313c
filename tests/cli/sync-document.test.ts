/** docs/sync.md holds units, a crontab and commands that people copy: they must be what their readers take. */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { COMMANDS } from '../../src/cli/command-table.ts';
import { nextTimeMs } from '../../src/sync/schedule.ts';
import { scratch } from '../sources/set-up.ts';
import { runCli } from './test-io.ts';

const document = readFileSync(new URL('../../docs/sync.md', import.meta.url), 'utf8');
const PROGRAM = '/usr/local/bin/pharos';
const ANALYZE = '/usr/bin/systemd-analyze';

/** Name and text of each unit, as a reader would save it. */
const UNITS = [
  ...document.matchAll(/`~\/\.config\/systemd\/user\/([\w.-]+)`:\n\n```ini\n([\s\S]*?)```/g),
].map(([, name = '', text = '']) => ({ name, text }));

/** Options that a command line of the document gives, held against those the command has. */
async function unknownOptions(commandLine: string): Promise<string[]> {
  const [, name = ''] = /pharos (\w+)/.exec(commandLine) ?? [];
  const create = await COMMANDS.find((entry) => entry.name === name)?.load();
  const command = create?.({
    io: {
      stdin: process.stdin,
      stdout: process.stdout,
      stderr: process.stderr,
      environment: {},
      interruptible: () => new AbortController().signal,
    },
    finish: async () => undefined,
  });
  const known = [command, ...(command?.commands ?? [])].flatMap(
    (one) => one?.options.map(({ long }) => long) ?? [],
  );
  const given = commandLine.slice(commandLine.indexOf('pharos')).match(/--[a-z-]+/g) ?? [];
  return command === undefined ? [`no command ${name}`] : given.filter((option) => !known.includes(option));
}

/** By section and key. */
function sectionsOf(text: string): Map<string, Map<string, string>> {
  const parts = text.split(/^\[(\w+)\]\n/m).slice(1);
  const sections = new Map<string, Map<string, string>>();
  for (let at = 0; at < parts.length; at += 2) {
    const lines = (parts[at + 1] ?? '').split('\n').filter((line) => line !== '');
    const entries = lines.map((line): [string, string] => {
      expect(line).toMatch(/^[A-Z]\w+=\S/);
      return [line.slice(0, line.indexOf('=')), line.slice(line.indexOf('=') + 1)];
    });
    sections.set(parts[at] ?? '', new Map(entries));
  }
  return sections;
}

describe('docs/sync.md', () => {
  it('has a service with its timer, and a server', () => {
    expect(UNITS.map(({ name }) => name)).toEqual([
      'pharos-sync.service',
      'pharos-sync.timer',
      'pharos.service',
    ]);
  });

  it.each(UNITS.filter(({ name }) => name.endsWith('.service')))(
    'starts in $name what there is',
    async ({ text }) => {
      const service = sectionsOf(text).get('Service');
      const start = service?.get('ExecStart') ?? '';
      expect(start.split(' ')[0]).toBe(PROGRAM);
      expect(await unknownOptions(start)).toEqual([]);
      expect(start).toContain(service?.get('Type') === 'oneshot' ? 'sync --due' : 'serve --sync');
    },
  );

  it('has a timer of the service of the same name, that comes again', () => {
    const timer = sectionsOf(UNITS[1]?.text ?? '');
    expect(timer.get('Timer')?.get('OnCalendar')).toBe('*:0/15');
    expect(timer.get('Timer')?.get('Persistent')).toBe('true');
    expect(timer.get('Install')?.get('WantedBy')).toBe('timers.target');
  });

  it.skipIf(!existsSync(ANALYZE))(
    'has units that systemd takes (skipped where there is no systemd-analyze)',
    () => {
      const folder = mkdtempSync(join(tmpdir(), 'pharos-units-'));
      try {
        for (const { name, text } of UNITS) {
          writeFileSync(join(folder, name), text.replaceAll(PROGRAM, process.execPath));
        }
        const paths = UNITS.map(({ name }) => join(folder, name));
        const environment = { ...process.env, XDG_RUNTIME_DIR: folder };
        const { status, stderr } = spawnSync(ANALYZE, ['verify', '--user', ...paths], {
          env: environment,
          encoding: 'utf8',
        });
        // It warns of keys that it does not know, in a line that names the file, and is content.
        expect(stderr.split('\n').filter((line) => line.includes('pharos'))).toEqual([]);
        expect(status).toBe(0);
      } finally {
        rmSync(folder, { recursive: true, force: true });
      }
    },
  );

  it('has a line for cron with a time that comes and a command that there is', async () => {
    const [, line = ''] = /```crontab\n(.+)\n```/.exec(document) ?? [];
    const fields = line.split(' ');
    const nowMs = Date.UTC(2026, 10, 25, 4, 1);
    expect(nextTimeMs(fields.slice(0, 5).join(' '), nowMs) - nowMs).toBe(14 * 60_000);
    expect(line).toContain(`${PROGRAM} sync --due`);
    // To cron a percent sign is the end of the command.
    expect(line).not.toContain('%');
    expect(await unknownOptions(line)).toEqual([]);
  });

  it.each(['sync.md', 'usage.md'])('shows in %s sources that can be added', async (name) => {
    const text = readFileSync(new URL(`../../docs/${name}`, import.meta.url), 'utf8');
    const shown = [...text.matchAll(/^ {4}\$ pharos (source add .+)$/gm)].map(([, line = '']) => line);
    expect(shown.length).toBeGreaterThan(1);
    const environment = { PHAROS_INDEX: scratch() };
    for (const line of shown) {
      const parameters = (line.match(/"[^"]*"|\S+/g) ?? []).map((word) => word.replaceAll('"', ''));
      expect(await runCli(parameters, { environment })).toMatchObject({ exitCode: 0, stderr: '' });
    }
  });

  it('shows only commands and options that there are', async () => {
    const shown = [...document.matchAll(/^ {4}\$ (pharos .+)$/gm)].map(([, line = '']) => line);
    expect(shown.length).toBeGreaterThan(4);
    for (const line of shown) expect(await unknownOptions(line)).toEqual([]);
  });
});
