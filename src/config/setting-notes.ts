/**
 * The names of the settings and what is said of them, in the order they are printed. Apart from the schema in
 * `settings.ts` so that `--help` need not load zod; the compiler holds the two to the same names.
 */

export const LOG_LEVELS = ['trace', 'debug', 'info', 'warn', 'error', 'silent'] as const;
/** The model that comes with Pharos, and of an index that is made without naming one. */
export const BUNDLED_MODEL = 'all-MiniLM-L6-v2';
export const DEFAULT_HUB = 'https://huggingface.co';

/** The model that is no folder: the built-in embedder that compares words only. */
export const HASHING_MODEL = 'hashing';

export interface SettingNote {
  readonly env: string;
  /** Absent for a password: a command line can be read by everybody on the machine. */
  readonly flag?: string;
  readonly description: string;
  /** The default as it is printed in help and documents. */
  readonly defaultNote: string;
  /** Its value is shown nowhere, neither by `pharos config` nor in a complaint. */
  readonly isSecret?: true;
}

export const SETTING_NOTES = {
  index: {
    env: 'PHAROS_INDEX',
    flag: '--index',
    description: 'folder that holds the index',
    defaultNote: 'index',
  },
  model: {
    env: 'PHAROS_MODEL',
    flag: '--model',
    description:
      'embedding model: a name that `pharos models` lists, a folder, OWNER/NAME on the hub, or "hashing" for a stand-in that compares words only',
    defaultNote: `that of the index, else ${BUNDLED_MODEL}`,
  },
  modelsDir: {
    env: 'PHAROS_MODELS_DIR',
    flag: '--models-dir',
    description: 'folder of the models that were fetched',
    defaultNote: 'pharos/models in your cache folder',
  },
  hub: {
    env: 'HF_ENDPOINT',
    flag: '--hub',
    description: 'address of the hub that models are fetched from',
    defaultNote: DEFAULT_HUB,
  },
  threads: {
    env: 'PHAROS_THREADS',
    flag: '--threads',
    description: 'worker threads that embed papers',
    defaultNote: 'one a core',
  },
  contact: {
    env: 'PHAROS_CONTACT',
    flag: '--contact',
    description: 'your mail address or web page, told to the services that are asked for papers',
    defaultNote: 'none',
  },
  sourceUrls: {
    env: 'PHAROS_SOURCE_URLS',
    flag: '--source-url',
    description: 'where a source is asked instead of its own address, NAME=URL, separated by commas',
    defaultNote: 'none',
  },
  sourceKeys: {
    env: 'PHAROS_SOURCE_KEYS',
    flag: '--source-key',
    description: 'key by which a source knows you, NAME=KEY, separated by commas',
    defaultNote: 'none',
    isSecret: true,
  },
  server: {
    env: 'PHAROS_SERVER',
    flag: '--server',
    description: 'address of a running server that takes the papers, instead of an index on this machine',
    defaultNote: 'none',
  },
  key: {
    env: 'PHAROS_KEY',
    description: 'key by which that server knows you',
    defaultNote: 'none',
    isSecret: true,
  },
  host: {
    env: 'PHAROS_HOST',
    flag: '--host',
    description: 'address the server listens on; 0.0.0.0 for every network',
    defaultNote: '127.0.0.1',
  },
  port: {
    env: 'PHAROS_PORT',
    flag: '--port',
    description: 'port the server listens on; 0 takes a free one',
    defaultNote: '7433',
  },
  allowedHosts: {
    env: 'PHAROS_ALLOWED_HOSTS',
    flag: '--allow-host',
    description: 'further host names the server answers to, separated by commas',
    defaultNote: 'none',
  },
  corsOrigins: {
    env: 'PHAROS_CORS_ORIGINS',
    flag: '--cors-origin',
    description:
      'origins whose web pages may read answers, like https://example.org, separated by commas; * for every one',
    defaultNote: 'none',
  },
  trustProxy: {
    env: 'PHAROS_TRUST_PROXY',
    flag: '--trust-proxy',
    description:
      'proxies that are believed who asks through them, and whether by https: addresses, ranges like 10.0.0.0/8, loopback, linklocal or uniquelocal, separated by commas',
    defaultNote: 'none',
  },
  bodyLimitBytes: {
    env: 'PHAROS_BODY_LIMIT_BYTES',
    flag: '--body-limit-bytes',
    description: 'largest request body, in bytes',
    defaultNote: '1048576',
  },
  requestTimeoutMs: {
    env: 'PHAROS_REQUEST_TIMEOUT_MS',
    flag: '--request-timeout-ms',
    description: 'longest a request may take, in milliseconds',
    defaultNote: '30000',
  },
  rateLimits: {
    env: 'PHAROS_RATE_LIMITS',
    flag: '--rate-limit',
    description:
      'requests a minute of one key or address, search=N, read=N or write=N, separated by commas; 0 for any number',
    defaultNote:
      'none on the loopback address without a --trust-proxy, elsewhere search=120,read=1200,write=60',
  },
  maxSearches: {
    env: 'PHAROS_MAX_SEARCHES',
    flag: '--max-searches',
    description: 'searches answered at once under lasting load, and up to 16 more that come together',
    defaultNote: '3',
  },
  publicUrl: {
    env: 'PHAROS_PUBLIC_URL',
    flag: '--public-url',
    description: 'address under which the server is reached from outside, for the links in mails and feeds',
    defaultNote: 'none',
  },
  smtp: {
    env: 'PHAROS_SMTP',
    flag: '--smtp',
    description: 'mail server: smtps://USER@HOST, smtp://USER@HOST (STARTTLS) or smtp+plain://HOST',
    defaultNote: 'none',
  },
  smtpPassword: {
    env: 'PHAROS_SMTP_PASSWORD',
    description: 'password at the mail server',
    defaultNote: 'none',
    isSecret: true,
  },
  mailFrom: {
    env: 'PHAROS_MAIL_FROM',
    flag: '--mail-from',
    description: 'mail address that alerts are sent from',
    defaultNote: 'none',
  },
  webhookSecret: {
    env: 'PHAROS_WEBHOOK_SECRET',
    description: 'what webhooks are signed with, 16 characters or more',
    defaultNote: 'none',
    isSecret: true,
  },
  webhookHosts: {
    env: 'PHAROS_WEBHOOK_HOSTS',
    flag: '--webhook-host',
    description: 'hosts that webhooks may reach although their address is private, separated by commas',
    defaultNote: 'none',
  },
  logLevel: {
    env: 'PHAROS_LOG_LEVEL',
    flag: '--log-level',
    description: `what the server logs: ${LOG_LEVELS.join(', ')}`,
    defaultNote: 'info',
  },
  logCallers: {
    env: 'PHAROS_LOG_CALLERS',
    flag: '--log-callers',
    description: 'whether the log says from which address each request came: no, yes',
    defaultNote: 'no',
  },
} as const satisfies Record<string, SettingNote>;

export type SettingName = keyof typeof SETTING_NOTES;

export const SETTING_NAMES = Object.keys(SETTING_NOTES) as readonly SettingName[];

export function settingNote(name: SettingName): SettingNote {
  return SETTING_NOTES[name];
}
