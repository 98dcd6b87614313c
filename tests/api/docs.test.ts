import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { toProblem } from '../../src/api/problem.ts';
import { AppError } from '../../src/fault/app-error.ts';
import { FAULTS, type FaultCode } from '../../src/fault/codes.ts';
import { startTestServer } from './test-server.ts';

const LOCAL = 'http://127.0.0.1:7433';
const TEXT = await readFile('docs/api.md', 'utf8');
/** Where feeds and doors are told, and more examples. */
const OTHERS = (
  await Promise.all(['docs/clients.md', 'docs/feeds.md'].map((file) => readFile(file, 'utf8')))
).join('');

describe('docs/api.md', () => {
  it('names, with the pages on doors and feeds, every address with all its parameters', async () => {
    const { ask } = await startTestServer();
    const { addresses } = (await (await ask('/api/v1')).json()) as {
      addresses: { method: string; address: string; parameters: string[] }[];
    };
    for (const { method, address, parameters } of addresses) {
      const place = TEXT.includes(`\`${method} ${address}\``) ? TEXT + OTHERS : OTHERS;
      expect(place).toContain(`\`${method} ${address}\``);
      for (const parameter of parameters) expect(place).toContain(`\`${parameter}\``);
    }
  });

  it('gives each code its status', () => {
    const rows = [...TEXT.matchAll(/^\| `([A-Z_]+)` \| (\d{3}) \|/gm)];
    for (const [, code = '', status] of rows) {
      expect(FAULTS).toHaveProperty(code);
      expect(`${toProblem(new AppError(code as FaultCode), '').status} ${code}`).toBe(`${status} ${code}`);
    }
    const documented = new Set(rows.map(([, code]) => code));
    const forCallers = (Object.keys(FAULTS) as FaultCode[]).filter(
      (code) => toProblem(new AppError(code), '').status < 500,
    );
    for (const code of forCallers) expect(documented).toContain(code);
  });

  it('holds only examples that are JSON', () => {
    const blocks = [...TEXT.matchAll(/```json\n([\s\S]*?)```/g)].map(([, block = '']) => block);
    expect(blocks.length).toBeGreaterThan(3);
    for (const block of blocks) expect(() => JSON.parse(block)).not.toThrow();
  });

  it.each(['docs/clients.md', 'docs/feeds.md'])(
    'stands beside %s, whose examples the server takes',
    async (file) => {
      const { ask } = await startTestServer();
      const paths = [
        ...(await readFile(file, 'utf8')).matchAll(/^curl 'http:\/\/127\.0\.0\.1:7433([^']+)'$/gm),
      ];
      expect(paths.length).toBeGreaterThan(2);
      for (const [, path = ''] of paths) expect((await ask(path)).status).toBe(200);
    },
  );

  it('gives examples that the server takes', async () => {
    const { url } = await startTestServer();
    const blocks = [...TEXT.matchAll(/^```sh\n([\s\S]*?)^```/gm)].map(([, block = '']) => block);
    const commands = blocks
      .flatMap((block) => block.split(/^(?=curl )/m))
      .map((text) => requestOf(text, url));
    expect(commands.length).toBeGreaterThan(15);
    for (const { address, init } of commands) {
      const { status } = await fetch(address, init);
      // The papers of the examples are not all those of the test.
      expect(init.method === 'POST' ? [200, 404] : [200], address).toContain(status);
    }
  });
});

/** What curl would send; as much of its arguments as the document uses. */
function requestOf(command: string, url: string): { address: string; init: RequestInit } {
  const words = [...command.matchAll(/'([^']*)'|([^\s'\\]+)/g)].map(
    ([, quoted, bare]) => quoted ?? bare ?? '',
  );
  const address = words.find((word) => word.startsWith(LOCAL)) ?? '';
  expect(address, command).not.toBe('');
  const after = (flag: string) => words.flatMap((word, at) => (word === flag ? [words[at + 1] ?? ''] : []));
  const headers = after('-H').map((header) => header.split(': ') as [string, string]);
  const [body] = after('-d');
  const init = { headers, ...(body !== undefined && { method: 'POST', body }) };
  return { address: address.replace(LOCAL, url), init };
}
