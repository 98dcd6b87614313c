/**
 * Who is signed in, for browsers, which cannot send a key by themselves. A session is a random name that stands for the
 * id of a key: the key itself is looked at once and kept by nobody. Sessions are held in memory, each under the hash of
 * its name, so that what reads this memory or a dump of it can sign in nowhere; a restart ends them all.
 */
import { createHash, randomBytes } from 'node:crypto';
import type { Key } from './key.ts';

interface Session {
  readonly keyId: string;
  readonly untilMs: number;
}

const NAME_BYTES = 32;
/** Beyond these the oldest end: whoever signs in for ever must not fill the memory. */
const MAX_SESSIONS = 10_000;
export const SESSION_DAYS = 7;
const SESSION_MS = SESSION_DAYS * 86_400_000;

/** The key of an id as it stands now; undefined for one that was revoked. */
export type FindKey = (id: string) => Promise<Key | undefined>;

export class SessionBook {
  /** By the hash of its name, oldest first. */
  readonly #sessions = new Map<string, Session>();
  readonly #find: FindKey;

  constructor(find: FindKey) {
    this.#find = find;
  }

  /** The name of a new session, which its holder sends and nobody keeps. */
  begin({ id }: Key, nowMs: number): string {
    const [oldest] = this.#sessions.keys();
    if (oldest !== undefined && this.#sessions.size >= MAX_SESSIONS) this.#sessions.delete(oldest);
    const name = randomBytes(NAME_BYTES).toString('base64url');
    this.#sessions.set(hashOf(name), { keyId: id, untilMs: nowMs + SESSION_MS });
    return name;
  }

  /** Undefined where the session was never begun, has ended, or its key was revoked, which ends it. */
  async keyOf(name: string, nowMs: number): Promise<Key | undefined> {
    const hash = hashOf(name);
    const session = this.#sessions.get(hash);
    if (!session) return undefined;
    const key = nowMs < session.untilMs ? await this.#find(session.keyId) : undefined;
    if (!key) this.#sessions.delete(hash);
    return key;
  }

  end(name: string): void {
    this.#sessions.delete(hashOf(name));
  }
}

function hashOf(name: string): string {
  return createHash('sha256').update(name).digest('base64url');
}
