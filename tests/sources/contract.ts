/**
 * What every source must do, whatever the service: `sourceContract` runs it over a stand-in that has more papers than
 * one answer holds. It knows nothing of what the answers look like.
 */
import { readFileSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openSource } from '../../src/sources/registry.ts';
import { harvest, idsOf } from './set-up.ts';
import type { Trouble } from './stand-in-services.ts';

export interface ContractService {
  readonly address: string;
  readonly asked: readonly string[];
  readonly headers: readonly Readonly<Record<string, unknown>>[];
  readonly trouble: (...troubles: Trouble[]) => void;
  readonly close: () => Promise<void>;
}

export interface SourceCase {
  /** What is harvested: `arxiv:cs.CL?max=30000`. */
  readonly spec: string;
  readonly start: () => Promise<ContractService>;
  /** Every paper there is to be had. */
  readonly ids: readonly string[];
}

export function sourceContract(name: string, { spec, start, ids }: SourceCase): void {
  describe(`${name}, as every source`, () => {
    let service: ContractService;
    const run = (options: { readonly position?: string | undefined; readonly batches?: number } = {}) =>
      harvest(spec, { address: service.address, ...options });
    beforeEach(async () => {
      service = await start();
    });
    afterEach(() => service.close());

    it('describes itself, and takes its own examples', async () => {
      const source = await openSource(name);
      const { description } = source;
      expect(description.name).toBe(name);
      for (const example of description.examples) {
        expect(example.startsWith(`${name}:`)).toBe(true);
        source.check(example.slice(name.length + 1));
      }
      const document = readFileSync(new URL('../../docs/sources.md', import.meta.url), 'utf8');
      for (const example of description.examples) expect(document).toContain(example);
    });

    it('gives every paper, with the place where it stood', async () => {
      const { rows } = await run();
      expect(idsOf(rows).sort()).toEqual([...ids].sort());
      for (const { place } of rows) expect(place).toEqual({ file: spec, line: expect.any(Number) });
    });

    it('goes on from every position, asking for nothing twice and missing nothing', async () => {
      const { batches } = await run();
      expect(batches.length).toBeGreaterThan(1);
      for (let cut = 1; cut < batches.length; cut++) {
        const askedBefore = service.asked.length;
        const first = await run({ batches: cut });
        const second = await run({ position: first.position });
        expect(idsOf([...first.rows, ...second.rows]).sort()).toEqual([...ids].sort());
        const asked = service.asked.slice(askedBefore);
        expect(new Set(asked).size).toBe(asked.length);
      }
    });

    it('takes a position of anybody else for none', async () => {
      for (const position of ['', 'nonsense', '[]', '{"next":"x","token":7}']) {
        expect(idsOf((await run({ position })).rows).sort()).toEqual([...ids].sort());
      }
    });

    it('keeps positions short', async () => {
      for (const { position } of (await run()).batches) expect(position.length).toBeLessThan(500);
    });

    it('says who asks', async () => {
      await run();
      for (const headers of service.headers) expect(headers['user-agent']).toBe('Pharos/0 (test)');
    });

    it.each<[string, Trouble]>([
      ['is told to wait (429)', { status: 429, headers: { 'retry-after': '7' } }],
      ['finds the service overloaded (503)', { status: 503 }],
      ['is cut off', { cutAfter: 300 }],
      ['gets the beginning of an answer only', { endAfter: 300 }],
      ['gets a page of a proxy instead', { replace: '<html><p>Please log in', type: 'text/html' }],
    ])('loses nothing when it %s', async (_, trouble) => {
      service.trouble(trouble, { isFine: true }, trouble);
      expect(idsOf((await run()).rows).sort()).toEqual([...ids].sort());
    });

    it('fails with SOURCE_FAILED when the service is gone for good', async () => {
      service.trouble(...Array.from({ length: 20 }, (): Trouble => ({ status: 503 })));
      await expect(run()).rejects.toMatchObject({ code: 'SOURCE_FAILED' });
    });

    it('refuses more than it can hold', async () => {
      service.trouble({ replace: Buffer.alloc(50 * 1024 * 1024, ' ') });
      await expect(run()).rejects.toMatchObject({
        code: 'SOURCE_FAILED',
        message: expect.stringMatching(/more than \d+ bytes/),
      });
    });

    it('stops where it is told to', async () => {
      const controller = new AbortController();
      controller.abort(new Error('enough'));
      await expect(harvest(spec, { address: service.address, signal: controller.signal })).rejects.toThrow(
        'enough',
      );
    });
  });
}
