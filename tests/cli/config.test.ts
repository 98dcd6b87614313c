import { expect, it } from 'vitest';
import { runCli } from './test-io.ts';

it.each([['--json'], []])(
  'pharos config %s says for whom there are keys, and tells none',
  async (...form) => {
    const environment = { PHAROS_SOURCE_KEYS: 's2=secret,openalex=other' };
    const { stdout, exitCode } = await runCli(['config', ...form], { environment });
    expect(exitCode).toBe(0);
    expect(stdout).toContain('s2=***');
    expect(stdout).toContain('openalex=***');
    expect(stdout).not.toMatch(/secret|other/);
  },
);
