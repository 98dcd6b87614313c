import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { resolveSettings } from '../../src/config/resolve-settings.ts';
import { SETTING_NAMES, settingNote } from '../../src/config/setting-notes.ts';
import { settingsSchema } from '../../src/config/settings.ts';

const document = readFileSync(new URL('../../docs/configuration.md', import.meta.url), 'utf8');
/** Their default is not the text of the value. */
const IN_WORDS = [
  ...[
    'model',
    'modelsDir',
    'threads',
    'contact',
    'sourceUrls',
    'sourceKeys',
    'allowedHosts',
    'corsOrigins',
    'trustProxy',
  ],
  ...[
    'publicUrl',
    'smtp',
    'smtpPassword',
    'mailFrom',
    'webhookSecret',
    'webhookHosts',
    'rateLimits',
    'server',
    'key',
  ],
];

describe('docs/configuration.md', () => {
  it('lists every setting of the schema with its names, default and meaning', () => {
    const rows = document.split('\n').filter((line) => line.startsWith('| `'));
    const cells = rows.map((row) =>
      row
        .split('|')
        .slice(1, -1)
        .map((cell) => cell.trim()),
    );
    expect(cells).toEqual(
      SETTING_NAMES.map((name) => {
        const { flag = 'none', env, defaultNote, description } = settingNote(name);
        return [name, flag, env, defaultNote].map((text) => `\`${text}\``).concat(description);
      }),
    );
    expect(Object.keys(settingsSchema.shape)).toEqual(SETTING_NAMES);
  });

  it('notes the default that holds', () => {
    const { settings } = resolveSettings({});
    for (const name of SETTING_NAMES.filter((name) => !IN_WORDS.includes(name))) {
      expect(settingNote(name).defaultNote).toBe(String(settings[name]));
    }
    expect(settings.model).toBeUndefined();
    expect(settings.modelsDir).toMatch(/pharos.models$/);
  });
});
