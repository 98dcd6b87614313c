/** The examples of docs/mcp.md do what it says. */
import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { mcpCommand } from '../../../src/cli/commands/mcp.ts';
import { startMcpHouse } from './mcp-house.ts';

const TEXT = await readFile('docs/mcp.md', 'utf8');
const BLOCKS = [...TEXT.matchAll(/^```json\n([\s\S]*?)^```$/gm)].map(([, json = '']) => JSON.parse(json));
const CALLS: { name: string; arguments: Record<string, unknown> }[] = BLOCKS.filter(
  (block) => 'arguments' in block,
);

describe('docs/mcp.md', () => {
  it('names every tool with all its arguments', async () => {
    const { client } = await startMcpHouse([]);
    const { tools } = await client.listTools();
    for (const { name, inputSchema } of tools) {
      expect(TEXT).toContain(`| \`${name}\` |`);
      for (const argument of Object.keys(inputSchema.properties ?? {}))
        expect(TEXT).toContain(`\`${argument}\``);
    }
  });

  it('makes calls that are answered', async () => {
    const { call } = await startMcpHouse();
    expect(CALLS.length).toBeGreaterThan(3);
    for (const { name, arguments: given } of CALLS) {
      const { isError, text } = await call(name, given);
      expect([name, isError, text]).toEqual([name, false, expect.any(String)]);
    }
  });

  it('shows an answer in the form that it has', async () => {
    const { call } = await startMcpHouse();
    const [shown] = BLOCKS.filter((block) => 'hits' in block);
    const answer = JSON.parse((await call('search_papers', CALLS[0]?.arguments)).text);
    expect(shown.notice).toBe(answer.notice);
    expect(Object.keys(shown)).toEqual(Object.keys(answer));
    expect(Object.keys(shown.hits[0])).toEqual(Object.keys(answer.hits[0]));
    expect({ ...answer.hits[0], confidence: 0, passage: '' }).toEqual({
      ...shown.hits[0],
      ...{ confidence: 0, passage: '' },
    });
  });

  it('asks over HTTP as it says', async () => {
    const { server } = await startMcpHouse();
    const [, body = ''] = /^curl \S+\/mcp [\s\S]*?-d '([^']+)'$/m.exec(TEXT) ?? [];
    const response = await server.ask('/mcp', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body,
    });
    const { result } = (await response.json()) as { result: { content: { text: string }[] } };
    expect(JSON.parse(result.content[0]?.text ?? '').results).toHaveLength(10);
  });

  it('configures agents with options that there are', () => {
    const lists = BLOCKS.flatMap(({ mcpServers, servers }) => (mcpServers ?? servers)?.pharos?.args ?? []);
    const toml = [...TEXT.matchAll(/^args = (.+)$/gm)].flatMap(([, args = '']) => JSON.parse(args));
    const shell = [...TEXT.matchAll(/ -- pharos (mcp .+)$/gm)].flatMap(([, args = '']) => args.split(' '));
    const args = [...lists, ...toml, ...shell];
    expect(args.filter((arg) => arg === 'mcp')).toHaveLength(4);
    const io = { stdin: process.stdin, stdout: process.stdout, stderr: process.stderr, environment: {} };
    const context = {
      io: { ...io, interruptible: () => AbortSignal.abort() },
      finish: async () => undefined,
    };
    const known = mcpCommand(context).options.map(({ long }) => long);
    for (const option of args.filter((arg) => arg.startsWith('-'))) expect(known).toContain(option);
  });
});
