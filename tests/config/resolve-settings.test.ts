import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { resolveSettings } from '../../src/config/resolve-settings.ts';
import { SETTING_NAMES, settingNote } from '../../src/config/setting-notes.ts';
import { AppError, isAppError } from '../../src/fault/app-error.ts';

function faultOf(action: () => unknown): AppError {
  try {
    action();
  } catch (error) {
    if (error instanceof AppError) return error;
    throw error;
  }
  throw new Error('nothing was thrown');
}

describe('resolveSettings', () => {
  it('takes the flag before the environment before the default', () => {
    const { settings, sources } = resolveSettings({
      flags: { port: '1', index: undefined },
      environment: { PHAROS_PORT: '2', PHAROS_INDEX: '/papers', HOME: '/root' },
    });
    expect(settings).toMatchObject({ port: 1, index: '/papers', host: '127.0.0.1' });
    expect(sources).toMatchObject({ port: 'flag', index: 'environment', host: 'default' });
  });

  it('has defaults that work in a fresh checkout', () => {
    const { settings } = resolveSettings({});
    expect(settings).toMatchObject({ index: 'index', port: 7433, host: '127.0.0.1', allowedHosts: [] });
    expect(settings.threads).toBeGreaterThan(0);
    expect(settings).toMatchObject({ model: undefined, hub: 'https://huggingface.co' });
  });

  it('treats an empty environment variable as unset', () => {
    expect(resolveSettings({ environment: { PHAROS_PORT: '' } }).sources.port).toBe('default');
  });

  it('takes the hub from the variable that other programs read too', () => {
    const { settings } = resolveSettings({ environment: { HF_ENDPOINT: 'https://hub.example.org/' } });
    expect(settings.hub).toBe('https://hub.example.org/');
    expect(() => resolveSettings({ flags: { hub: 'ftp://hub.example.org' } })).toThrow('http://');
    expect(() => resolveSettings({ flags: { hub: 'hub.example.org' } })).toThrow('http://');
  });

  it('splits a list of hosts', () => {
    const { settings } = resolveSettings({ flags: { allowedHosts: 'Papers.local, box:8080 ,,[::1]:80' } });
    expect(settings.allowedHosts).toEqual(['papers.local', 'box:8080', '[::1]:80']);
  });

  it('takes proxies as addresses, ranges and names of ranges, but never everybody', () => {
    const given = 'Loopback, 10.0.0.0/8,2001:db8::1, fd00::/8,192.0.2.7/32';
    expect(resolveSettings({ flags: { trustProxy: given } }).settings.trustProxy).toEqual([
      ...['loopback', '10.0.0.0/8', '2001:db8::1', 'fd00::/8', '192.0.2.7/32'],
    ]);
    expect(resolveSettings({}).settings.trustProxy).toEqual([]);
    const everybody = ['0.0.0.0/0', '::/0', '::ffff:0:0/96', 'true', '*', '1'];
    const wrong = [
      'proxy.example.org',
      '10.0.0.0/33',
      '10.0.0.0/08',
      '10.0.0.0/8/8',
      '10.0.0.0/',
      '::1%lo',
      '10.0.0',
    ];
    for (const trustProxy of [...everybody, ...wrong, `loopback,${wrong[0]}`]) {
      expect(() => resolveSettings({ flags: { trustProxy } }), trustProxy).toThrow('list of addresses');
    }
  });

  it('takes origins as browsers send them', () => {
    const given = 'https://papers.example, http://127.0.0.1:5173,*';
    expect(resolveSettings({ flags: { corsOrigins: given } }).settings.corsOrigins).toEqual([
      'https://papers.example',
      'http://127.0.0.1:5173',
      '*',
    ]);
    for (const wrong of ['papers.example', 'https://papers.example/', 'https://a.example/b', 'null']) {
      expect(() => resolveSettings({ flags: { corsOrigins: wrong } })).toThrow('list of origins');
    }
  });

  it('suggests the nearest name for one that is not known', () => {
    const fault = faultOf(() => resolveSettings({ environment: { PHAROS_INDX: 'x' } }));
    expect(fault.code).toBe('SETTINGS_INVALID');
    expect(fault.message).toContain('did you mean PHAROS_INDEX?');
    const flag = faultOf(() => resolveSettings({ flags: { portt: '1' } }));
    expect(flag.message).toContain('did you mean port?');
  });

  it('takes keys of sources, and repeats none that is wrong', () => {
    const { settings } = resolveSettings({ environment: { PHAROS_SOURCE_KEYS: 's2=a=b, openalex=c' } });
    expect(settings.sourceKeys).toEqual(['s2=a=b', 'openalex=c']);
    for (const text of ['secret', 's2=', 's2=sec ret', 'S2=secret']) {
      const fault = faultOf(() => resolveSettings({ environment: { PHAROS_SOURCE_KEYS: text } }));
      expect(JSON.stringify(fault)).not.toContain('ret');
      expect(fault.message).toBe('PHAROS_SOURCE_KEYS: what it holds is not a list of NAME=KEY');
    }
  });

  it('lists every problem at once, each under the name the user wrote', () => {
    const fault = faultOf(() =>
      resolveSettings({
        flags: { port: '70000', threads: 'many' },
        environment: { PHAROS_LOG_LEVEL: 'loud', PHAROS_NONSENSE: '1' },
      }),
    );
    expect(fault.issues.map((issue) => issue.pointer).sort()).toEqual([
      '--port',
      '--threads',
      'PHAROS_LOG_LEVEL',
      'PHAROS_NONSENSE',
    ]);
    expect(fault.issues.find((issue) => issue.pointer === '--port')?.message).toBe(
      '--port: "70000" is not a whole number from 0 to 65535',
    );
  });

  it('never throws anything but SETTINGS_INVALID, whatever the text', () => {
    fc.assert(
      fc.property(fc.constantFrom(...SETTING_NAMES), fc.string({ unit: 'binary' }), (name, text) => {
        try {
          resolveSettings({ flags: { [name]: text }, environment: { [settingNote(name).env]: text } });
        } catch (error) {
          expect(isAppError(error, 'SETTINGS_INVALID')).toBe(true);
        }
      }),
    );
  });
});
