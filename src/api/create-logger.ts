/**
 * The server's log: JSON lines on the stream it is given. Secrets are cut by name, so that a line which one day
 * carries headers cannot carry a caller's keys.
 */
import { type DestinationStream, type Logger, pino } from 'pino';

const SECRETS = ['authorization', 'cookie', 'set-cookie', 'x-api-key'];

export interface LoggerOptions {
  /** A pino level, or `silent`. */
  readonly level?: string;
}

export function createLogger(stream: DestinationStream, { level = 'info' }: LoggerOptions = {}): Logger {
  return pino({ level, base: null, redact: { paths: redactedPaths(), censor: '[secret]' } }, stream);
}

/** Wherever pino is commonly given headers: as the line itself, as `headers`, or inside `req` and `res`. */
function redactedPaths(): string[] {
  const places = ['', 'headers', 'req.headers', 'res.headers', 'request.headers', 'response.headers'];
  return places.flatMap((place) => SECRETS.map((name) => `${place}["${name}"]`));
}
