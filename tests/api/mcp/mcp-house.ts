/** The sample papers behind a server, and the SDK's own client that speaks to it over HTTP. */
import { readFile } from 'node:fs/promises';
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import type { Transport } from '@modelcontextprotocol/sdk/shared/transport.js';
import { onTestFinished } from 'vitest';
import { HashingEmbedder } from '../../../src/embed/hashing-embedder.ts';
import { ExactEngine } from '../../../src/engine/exact/exact-engine.ts';
import { embeddedText } from '../../../src/paper/embedded-text.ts';
import type { Paper } from '../../../src/paper/paper.ts';
import { Searcher } from '../../../src/search/searcher.ts';
import { startTestServer, type TestServer } from '../test-server.ts';

export interface ToolAnswer {
  readonly isError: boolean;
  /** The one item there is. */
  readonly text: string;
}

export interface McpTestHouse {
  readonly server: TestServer;
  readonly client: Client;
  readonly call: (name: string, given?: Record<string, unknown>) => Promise<ToolAnswer>;
}

async function samplePapers(): Promise<Paper[]> {
  const lines = (await readFile('data/sample.jsonl', 'utf8')).trim().split('\n');
  return lines.map((line) => ({ abstract: '', authors: [], categories: [], ...JSON.parse(line) }));
}

/** All papers of the sample unless others are given. */
export async function startMcpHouse(papers?: readonly Paper[]): Promise<McpTestHouse> {
  const server = await startTestServer(await (papers ? openIndex(papers) : sampleIndex()));
  return { server, ...(await connect(server)) };
}

async function openIndex(papers: readonly Paper[]) {
  const embedder = new HashingEmbedder();
  const engine = new ExactEngine(embedder.model);
  const vectors = await embedder.embedDocuments(papers.map(embeddedText));
  await engine.upsert(papers.map((paper, at) => ({ paper, vector: vectors[at] ?? new Float32Array() })));
  // Nothing here is cold.
  const readiness = { ready: true, reason: '' };
  return { engine, searcher: new Searcher({ engine, embedder }), readiness };
}

let sample: ReturnType<typeof openIndex> | undefined;

/** Made once: no tool can change it. */
function sampleIndex(): ReturnType<typeof openIndex> {
  sample ??= samplePapers().then(openIndex);
  return sample;
}

export async function connect({ url }: Pick<TestServer, 'url'>): Promise<Omit<McpTestHouse, 'server'>> {
  const client = new Client({ name: 'test', version: '1' });
  // The SDK's types were not written for exactOptionalPropertyTypes.
  await client.connect(new StreamableHTTPClientTransport(new URL(`${url}/mcp`)) as Transport);
  onTestFinished(() => client.close());
  return { client, call: (name, given = {}) => callTool(client, name, given) };
}

export async function callTool(
  client: Client,
  name: string,
  given: Record<string, unknown>,
): Promise<ToolAnswer> {
  const { content, isError = false } = await client.callTool({ name, arguments: given });
  const items = content as { type: string; text: string }[];
  if (items.length !== 1 || items[0]?.type !== 'text')
    throw new Error(`not one text: ${JSON.stringify(items)}`);
  return { isError: isError === true, text: items[0].text };
}
