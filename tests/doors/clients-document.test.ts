/** The examples of docs/clients.md, run as they stand, but for the address of the server. */
import { readFile } from 'node:fs/promises';
import { afterAll, describe, expect, it } from 'vitest';
import { removeFolders } from '../engine/embedded/temporary-index.ts';
import { closeHouse, startHouse } from './house.ts';
import { PYTHON, runPython, runShell } from './python.ts';

const TEXT = await readFile('docs/clients.md', 'utf8');
const ADDRESS = 'http://127.0.0.1:7433';
const PATIENCE_MS = 120_000;

/** Blocks of a language, each with the block of output that follows it, if any. */
const blocks = (language: string) =>
  [
    ...TEXT.matchAll(
      new RegExp(`\`\`\`${language}\\n([\\s\\S]*?)\`\`\`(?:\\s+\`\`\`text\\n([\\s\\S]*?)\`\`\`)?`, 'g'),
    ),
  ].map(([, code = '', output]) => ({ code, output }));

afterAll(async () => {
  await closeHouse();
  await removeFolders();
});

describe('docs/clients.md', () => {
  it('has requests that the server takes', async () => {
    const { ask, post } = await startHouse();
    const requests = [
      ...TEXT.matchAll(/^curl '?http:\/\/127\.0\.0\.1:7433([^\s']+)'?(?:[^\n]*\\\n\s+-d '([^']+)')?$/gm),
    ];
    expect(requests).toHaveLength(TEXT.match(/^curl /gm)?.length ?? 0);
    expect(requests.filter(([, , body]) => body !== undefined)).toHaveLength(2);
    for (const [, path = '', body] of requests) {
      expect((await (body === undefined ? ask(path) : post(path, body))).status).toBe(200);
    }
  });

  describe.skipIf(PYTHON === undefined)('(skipped unless PAPER_CLIENTS_PYTHON is set)', () => {
    it(
      'has programs that print what it says',
      async () => {
        const { url } = await startHouse();
        // That of arXiv is run beside the tests of its own door.
        const programs = blocks('python').filter(({ code }) => !code.includes('import arxiv'));
        expect(programs).toHaveLength(2);
        for (const { code, output } of programs) {
          expect(await runPython(['-c', code.replaceAll(ADDRESS, url)], url)).toBe(output);
        }
      },
      PATIENCE_MS,
    );

    it(
      'has commands that run',
      async () => {
        const { url } = await startHouse();
        const commands = blocks('sh').filter(({ code }) => code.includes('hf papers'));
        expect(commands).toHaveLength(1);
        for (const { code } of commands) {
          expect(await runShell(code, url, ADDRESS)).toContain('# Attention Is All You Need');
        }
      },
      PATIENCE_MS,
    );
  });
});
