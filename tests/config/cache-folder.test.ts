import { homedir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { cacheFolder } from '../../src/config/cache-folder.ts';
import { proxiesIn } from '../../src/config/proxies.ts';

describe('cacheFolder', () => {
  it.each([
    [{ XDG_CACHE_HOME: '/caches' }, 'linux', '/caches'],
    [{ XDG_CACHE_HOME: '/caches' }, 'darwin', '/caches'],
    [{ XDG_CACHE_HOME: 'relative' }, 'linux', join(homedir(), '.cache')],
    [{}, 'linux', join(homedir(), '.cache')],
    [{}, 'darwin', join(homedir(), 'Library', 'Caches')],
    [{ LOCALAPPDATA: 'C:/Local' }, 'win32', 'C:/Local'],
    [{}, 'win32', join(homedir(), '.cache')],
  ])('with %j on %s is %s', (environment, system, folder) => {
    expect(cacheFolder(environment, system)).toBe(folder);
  });
});

describe('proxiesIn', () => {
  it.each([
    [{}, { httpProxy: '', httpsProxy: '', noProxy: '' }],
    [
      { https_proxy: 'http://low', HTTPS_PROXY: 'http://up', NO_PROXY: 'localhost' },
      { httpProxy: '', httpsProxy: 'http://low', noProxy: 'localhost' },
    ],
    [
      { ALL_PROXY: 'http://all', HTTP_PROXY: 'http://plain', https_proxy: '' },
      { httpProxy: 'http://plain', httpsProxy: 'http://all', noProxy: '' },
    ],
  ])('reads %j', (environment, proxies) => {
    expect(proxiesIn(environment)).toEqual(proxies);
  });
});
