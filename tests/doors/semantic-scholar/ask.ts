/** Asks the door of Semantic Scholar as its clients do. */
import { expect } from 'vitest';
import { type Answer, startHouse } from '../house.ts';

export const GRAPH = '/graph/v1/paper';

export async function answer(path: string): Promise<Answer> {
  return (await startHouse()).json(path);
}

export async function idsAt(path: string): Promise<unknown[]> {
  return (await answer(path)).data.map(({ paperId }) => paperId);
}

/** Status and what the client reads of an error. */
export async function refusal(path: string): Promise<[number, unknown]> {
  const { ask } = await startHouse();
  const response = await ask(path);
  const { error, message } = (await response.json()) as Record<string, unknown>;
  expect(message).toBe(error);
  return [response.status, error];
}
