/** A tool of the protocol as data: what it is called, what it takes, and the function that answers. */
import type { CallToolResult, Tool } from '@modelcontextprotocol/sdk/types.js';
import { z } from 'zod';
import type { AskOptions } from '../../search/request.ts';
import type { ApiContext } from '../context.ts';
import { validateInput } from '../validate-input.ts';

export type McpHouse = Pick<ApiContext, 'engine' | 'searcher'>;

export interface McpTool {
  readonly name: string;
  readonly title: string;
  /** For a model that has to choose: what it gets, and when another tool is the better one. */
  readonly description: string;
  readonly input: z.ZodObject;
  /** Takes arguments as they came. Throws INPUT_INVALID with every place that is wrong; faults are thrown. */
  readonly call: (
    given: Readonly<Record<string, unknown>>,
    house: McpHouse,
    options: AskOptions,
  ) => Promise<CallToolResult>;
}

interface ToolParts<Schema extends z.ZodObject> extends Omit<McpTool, 'input' | 'call'> {
  readonly input: Schema;
  /** Resolves to a text that is sent as it is, or to what is sent as JSON. */
  answer(input: z.infer<Schema>, house: McpHouse, options: AskOptions): Promise<unknown>;
}

export function defineTool<Schema extends z.ZodObject>(parts: ToolParts<Schema>): McpTool {
  const { name, title, description, input } = parts;
  return {
    ...{ name, title, description, input },
    call: async (given, house, options) => {
      const checked = validateInput(input, withoutNulls(given), { pointer: 'json' });
      return textResult(await parts.answer(checked, house, options));
    },
  };
}

/** As `tools/list` shows it. */
export function describeTool({ name, title, description, input }: McpTool): Tool {
  const { $schema: _, ...schema } = z.toJSONSchema(input, { io: 'input' });
  return {
    ...{ name, title, description },
    inputSchema: schema as Tool['inputSchema'],
    annotations: {
      title,
      readOnlyHint: true,
      destructiveHint: false,
      idempotentHint: true,
      openWorldHint: false,
    },
  };
}

/** Exactly one item of text: ChatGPT reads no other form, and to send the same once more would cost tokens. */
function textResult(answer: unknown): CallToolResult {
  return { content: [{ type: 'text', text: typeof answer === 'string' ? answer : JSON.stringify(answer) }] };
}

/** Some models fill in every argument there is, with null for those that they do not mean. */
function withoutNulls(given: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(given).filter(([, value]) => value !== null));
}
