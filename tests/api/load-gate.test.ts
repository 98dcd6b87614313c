import { EventEmitter } from 'node:events';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Request, Response } from 'express';
import { beforeEach, describe, expect, it } from 'vitest';
import { LoadGate } from '../../src/api/load-gate.ts';

const BURST = 16;
const ROUTES = [{ path: '/api/v1/search', budget: 'search' as const }];

let nowMs: number;
let gate: LoadGate;
let begun: number[];

beforeEach(() => {
  nowMs = 0;
  gate = new LoadGate(2, () => nowMs);
  begun = [];
});

/** Sends a search to the gate; the function that ends it, or undefined where it was refused. */
function arrive(name = 0): (() => void) | undefined {
  const response = Object.assign(new EventEmitter(), { closed: false });
  // What an earlier test has left to its turn is not heard.
  const heard = begun;
  try {
    gate.handler({} as Request, response as unknown as Response, () => heard.push(name));
  } catch {
    return undefined;
  }
  return () => {
    response.closed = true;
    response.emit('close');
  };
}

function arriveMany(count: number): (() => void)[] {
  return Array.from({ length: count }, (_, name) => arrive(name)).filter((end) => end !== undefined);
}

const turnOfTheLoop = () => new Promise<void>((resolve) => void setImmediate(resolve));

describe('the gate', () => {
  it('lets a burst in after a quiet while, and no second one without a pause', () => {
    const ends = arriveMany(100);
    expect([ends.length, gate.refused]).toEqual([2 + BURST, 100 - 2 - BURST]);
    for (const end of ends) end();
    expect(arriveMany(100)).toHaveLength(2);
  });

  it('earns the burst back by the time with room in it, and never more than it', () => {
    for (const end of arriveMany(100)) end();
    nowMs = 200;
    const ends = arriveMany(100);
    expect(ends).toHaveLength(2 + 200 / 50);
    for (const end of ends) end();
    nowMs = 3_600_000;
    expect(arriveMany(100)).toHaveLength(2 + BURST);
  });

  it('earns nothing while it is full', () => {
    const [first, ...others] = arriveMany(100);
    for (const end of others.slice(1)) end();
    nowMs = 3_600_000;
    expect(arrive()).toBeUndefined();
    first?.();
    expect(arrive()).toBeDefined();
    expect(arrive()).toBeUndefined();
  });

  it('begins one search at each turn of the event loop, in the order they came', async () => {
    arriveMany(3);
    expect(begun).toEqual([]);
    await turnOfTheLoop();
    expect(begun).toEqual([0]);
    await turnOfTheLoop();
    await turnOfTheLoop();
    expect(begun).toEqual([0, 1, 2]);
  });

  it('does not begin what its caller has given up', async () => {
    const ends = arriveMany(3);
    ends[1]?.();
    for (let turn = 0; turn < 4; turn++) await turnOfTheLoop();
    expect(begun).toEqual([0, 2]);
  });

  it('refuses at the door only searches, and only while there is no room', () => {
    const refuses = gate.refusesAtOnce(ROUTES);
    const written: unknown[] = [];
    const response = { writeHead: (status: number) => written.push(status), end: () => undefined };
    const refused = (url: string) =>
      refuses({ url } as IncomingMessage, response as unknown as ServerResponse);
    expect(refused('/api/v1/search?q=a')).toBe(false);
    arriveMany(100);
    expect([refused('/api/v1/search?q=a'), refused('/api/v1/papers/1')]).toEqual([true, false]);
    expect(written).toEqual([503]);
  });
});
