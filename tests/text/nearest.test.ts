import { describe, expect, it } from 'vitest';
import { nearestName } from '../../src/text/nearest.ts';

describe('nearestName', () => {
  it('finds the name that was meant', () => {
    expect(nearestName('limt', ['limit', 'mode', 'offset'])).toBe('limit');
    expect(nearestName('PHAROS_HOSTS', ['PHAROS_PORT', 'PHAROS_HOST'])).toBe('PHAROS_HOST');
    expect(nearestName('Mode', ['limit', 'mode'])).toBe('mode');
  });

  it('suggests nothing rather than something far-fetched', () => {
    expect(nearestName('banana', ['limit', 'mode'])).toBeUndefined();
    expect(nearestName('limit', [])).toBeUndefined();
  });
});
