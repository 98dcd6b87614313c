/**
 * The settings: one zod schema that says what each may be and what holds where nothing was said.
 * A value comes from a flag or from the environment as text, so every field parses text.
 * `setting-notes.ts` names them, `resolve-settings.ts` finds the text.
 */
import { isIP } from 'node:net';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { cacheFolder } from './cache-folder.ts';
import { readEnvironment } from './environment.ts';
import { DEFAULT_HUB, LOG_LEVELS, type SettingName } from './setting-notes.ts';

const HOST_PATTERN = /^[a-z0-9._-]+$|^[0-9a-f:]+$/i;
const HOST_AND_PORT_PATTERN = /^(?:[a-z0-9._-]+|\[[0-9a-f:]+\])(?::\d{1,5})?$/i;

export const settingsSchema = z.object({
  index: path().default('index'),
  model: z.string().min(1, 'is not a model').optional(),
  modelsDir: path().default(() => join(cacheFolder(readEnvironment()), 'pharos', 'models')),
  hub: webUrl('is not an address that begins with http:// or https://').default(DEFAULT_HUB),
  threads: wholeNumber(1, 256).default(availableParallelism()),
  contact: z
    .string()
    .regex(/^[\x21-\x7e][\x20-\x7e]{2,199}$/, 'is not an address of a person or a page')
    .optional(),
  sourceUrls: sourceUrlList().default([]),
  sourceKeys: sourceKeyList().default([]),
  server: serverUrl().optional(),
  key: z
    .string()
    .regex(/^[\x21-\x7e]+$/, 'is not a key')
    .optional(),
  host: z.string().regex(HOST_PATTERN, 'is not a host name or an address').default('127.0.0.1'),
  port: wholeNumber(0, 65_535).default(7433),
  allowedHosts: hostList().default([]),
  corsOrigins: originList().default([]),
  trustProxy: proxyList().default([]),
  bodyLimitBytes: wholeNumber(1024, 1_073_741_824).default(1_048_576),
  requestTimeoutMs: wholeNumber(100, 3_600_000).default(30_000),
  rateLimits: rateLimitList().optional(),
  maxSearches: wholeNumber(1, 10_000).default(3),
  publicUrl: webUrl('is not an address that begins with http:// or https://').optional(),
  smtp: smtpUrl().optional(),
  smtpPassword: z.string().optional(),
  mailFrom: z
    .string()
    .regex(/^[^\s@<>(),:;"[\]\\]{1,64}@[^\s@<>(),:;"[\]\\]{1,253}$/, 'is not a mail address')
    .optional(),
  webhookSecret: z.string().min(16, 'is shorter than 16 characters').optional(),
  webhookHosts: hostList().default([]),
  logLevel: z.enum(LOG_LEVELS, `is not one of ${LOG_LEVELS.join(', ')}`).default('info'),
  logCallers: z.enum(['no', 'yes'], 'is not one of no, yes').default('no'),
} satisfies Record<SettingName, z.ZodType>);

export type Settings = Readonly<z.infer<typeof settingsSchema>>;

function path() {
  return z.string().min(1, 'is not a path');
}

function webUrl(complaint: string) {
  return z.url({ protocol: /^https?$/, error: complaint });
}

function serverUrl() {
  return webUrl('is not an address that begins with http:// or https://').refine(
    (text) => !URL.canParse(text) || new URL(text).username + new URL(text).password === '',
    'must not hold a name or a password; PHAROS_KEY holds the key',
  );
}

/** A password has a setting of its own, which is shown nowhere. */
function smtpUrl() {
  return z
    .string()
    .refine(isMailServer, 'is not a mail server, as smtps://USER@HOST')
    .refine(
      (text) => !isMailServer(text) || new URL(text).password === '',
      'must not hold the password; PHAROS_SMTP_PASSWORD does',
    );
}

function isMailServer(text: string): boolean {
  return /^smtp(?:s|\+plain)?:\/\/[^/]/.test(text) && URL.canParse(text) && new URL(text).hostname !== '';
}

function wholeNumber(least: number, most: number) {
  const complaint = `is not a whole number from ${least} to ${most}`;
  return z
    .string()
    .regex(/^\d{1,15}$/, complaint)
    .transform(Number)
    .refine((value) => value >= least && value <= most, complaint);
}

function hostList() {
  return z
    .string()
    .transform((text) => text.split(',').map((host) => host.trim().toLowerCase()))
    .transform((hosts) => hosts.filter((host) => host !== ''))
    .refine(
      (hosts) => hosts.every((host) => HOST_AND_PORT_PATTERN.test(host)),
      'is not a list of host names',
    );
}

function originList() {
  return entryList().refine(
    (origins) => origins.every((origin) => origin === '*' || isOrigin(origin)),
    'is not a list of origins: scheme, host and port, as in https://example.org, and nothing after them',
  );
}

function isOrigin(text: string): boolean {
  return URL.canParse(text) && /^https?:/.test(text) && new URL(text).origin === text;
}

function proxyList() {
  return entryList()
    .transform((entries) => entries.map((entry) => entry.toLowerCase()))
    .refine(
      (entries) => entries.every(isProxy),
      'is not a list of addresses, ranges like 10.0.0.0/8, loopback, linklocal and uniquelocal; what is everybody cannot be trusted',
    );
}

function isProxy(text: string): boolean {
  if (['loopback', 'linklocal', 'uniquelocal'].includes(text)) return true;
  const [address = '', bits, ...more] = text.split('/');
  const version = isIP(address);
  if (version === 0 || /%|^::ffff:/.test(address) || more.length > 0) return false;
  if (bits === undefined) return true;
  // Of no bits is everybody.
  return /^[1-9]\d{0,2}$/.test(bits) && Number(bits) <= (version === 4 ? 32 : 128);
}

function sourceUrlList() {
  return entryList().refine(
    (entries) =>
      entries.every(
        (entry) => /^[a-z0-9-]+=https?:\/\//.test(entry) && URL.canParse(entry.replace(/^[^=]*=/, '')),
      ),
    'is not a list of NAME=URL with addresses that begin with http:// or https://',
  );
}

function sourceKeyList() {
  return entryList().refine(
    (entries) => entries.every((entry) => /^[a-z0-9-]+=[\x21-\x7e]+$/.test(entry)),
    'is not a list of NAME=KEY',
  );
}

function rateLimitList() {
  return entryList().refine(
    (entries) => entries.every((entry) => /^(?:search|read|write)=\d{1,9}$/.test(entry)),
    'is not a list of search=N, read=N and write=N',
  );
}

function entryList() {
  return z.string().transform((text) => text.split(',').flatMap((entry) => entry.trim() || []));
}
