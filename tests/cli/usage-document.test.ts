import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { COMMANDS } from '../../src/cli/command-table.ts';

const document = readFileSync(new URL('../../docs/usage.md', import.meta.url), 'utf8');
/** Described once, at the top or in configuration.md. */
const EVERYWHERE = ['--index', '--model', '--models-dir', '--hub', '--debug', '--help'];

function section(name: string): string {
  return document.split(`\n## ${name}\n`)[1]?.split('\n## ')[0] ?? '';
}

async function optionsOf(name: string): Promise<string[]> {
  const entry = COMMANDS.find((command) => command.name === name);
  const create = await entry?.load();
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
  return command?.options.map(({ long }) => long ?? '') ?? [];
}

describe('docs/usage.md', () => {
  it('has a section for every command, in the order of the help', () => {
    const sections = [...document.matchAll(/^## (\S+)$/gm)].map(([, name]) => name);
    expect(sections).toEqual(COMMANDS.map(({ name }) => name));
  });

  it.each(COMMANDS.filter(({ name }) => name !== 'config'))(
    'names every option of $name',
    async ({ name }) => {
      const options = (await optionsOf(name)).filter((option) => !EVERYWHERE.includes(option));
      const text = section(name);
      expect(options.filter((option) => !text.includes(option))).toEqual([]);
    },
  );
});
