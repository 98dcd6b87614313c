/**
 * From the address of a mail server to how it is talked to. Encrypted unless it is this machine: `smtps` from the
 * first byte, `smtp` by STARTTLS, which then must be there, or a password and the questions of people would go over
 * the network for everybody to read. `smtp+plain` says that this is meant.
 */
import { isIP } from 'node:net';

export interface SmtpOptions {
  readonly host: string;
  readonly port: number;
  readonly secure: boolean;
  readonly requireTLS: boolean;
  readonly ignoreTLS: boolean;
  readonly tls: { readonly rejectUnauthorized: boolean };
  readonly auth?: { readonly user: string; readonly pass: string };
  readonly connectionTimeout: number;
  readonly greetingTimeout: number;
  readonly socketTimeout: number;
}

const PORTS: Readonly<Record<string, number>> = { 'smtps:': 465, 'smtp:': 587, 'smtp+plain:': 25 };
const PATIENCE_MS = 20_000;
const LOOPBACK = /^(?:localhost|127(?:\.\d+){3}|::1)$/;

/** Takes what the setting `smtp` takes. */
export function smtpOptions(address: string, password: string | undefined): SmtpOptions {
  const url = new URL(address);
  const host = url.hostname.replace(/^\[|\]$/g, '');
  // Nobody listens in between a machine and itself, and servers there have certificates of their own making.
  const isHere = LOOPBACK.test(host) && (isIP(host) > 0 || host === 'localhost');
  const user = decodeURIComponent(url.username);
  return {
    host,
    port: url.port === '' ? (PORTS[url.protocol] ?? 587) : Number(url.port),
    secure: url.protocol === 'smtps:',
    requireTLS: url.protocol === 'smtp:' && !isHere,
    ignoreTLS: url.protocol === 'smtp+plain:',
    tls: { rejectUnauthorized: !isHere },
    ...(user !== '' && { auth: { user, pass: password ?? '' } }),
    connectionTimeout: PATIENCE_MS,
    greetingTimeout: PATIENCE_MS,
    socketTimeout: PATIENCE_MS,
  };
}
