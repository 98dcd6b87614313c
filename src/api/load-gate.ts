/**
 * Lets so many searches be under way at once and refuses the rest at the door. A search is computing and not waiting,
 * so more of them at once are not answered sooner, only all of them later; whoever is told so in a millisecond can ask
 * again or elsewhere.
 *
 * Some more that come together after a quiet while are let in all the same: they wait their turn for a moment, and a
 * page that sends three questions is no overload.
 *
 * A refusal is written before anything else is done for a request: at ten times too much there are so many of them that
 * what each costs is what those who are answered wait for.
 */
import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { RequestHandler } from 'express';
import { AppError } from '../fault/app-error.ts';
import type { Budget } from './budget.ts';
import { PROBLEM_TYPE, toProblem } from './problem.ts';

const RETRY_AFTER_SECONDS = '1';
/** How many more may come together after a quiet while. */
const MOST_BURST = 16;
/** Time with room in it, after which one more may come in a burst. */
const MS_OF_ROOM_FOR_ONE = 50;

export class LoadGate {
  readonly #most: number;
  readonly #nowMs: () => number;
  #underWay = 0;
  #refused = 0;
  #burst = MOST_BURST;
  /** Since when fewer than `most` are under way; undefined while there are as many. */
  #roomSinceMs: number | undefined;
  readonly #turns: (() => void)[] = [];

  /** `most` searches at once, 1 or more, under lasting load. */
  constructor(most: number, nowMs: () => number = () => performance.now()) {
    this.#most = most;
    this.#nowMs = nowMs;
    this.#roomSinceMs = nowMs();
  }

  get underWay(): number {
    return this.#underWay;
  }

  /** Searches refused since the start. */
  get refused(): number {
    return this.#refused;
  }

  /** A search is under way until its answer has gone out or its caller has gone away. SERVER_BUSY. */
  get handler(): RequestHandler {
    return (_request, response, next) => {
      // Between the door and here others may have come in.
      if (!this.#hasRoom) {
        this.#refused++;
        throw new AppError('SERVER_BUSY');
      }
      this.#enter();
      response.once('close', () => this.#leave());
      this.#takeTurn(() => response.closed || next());
    };
  }

  /** Answers a search for which there is no room; false where there is, or it is no search. */
  refusesAtOnce(routes: readonly { readonly path: string; readonly budget?: Budget }[]): EarlyRefusal {
    const searches = routes.filter(({ budget }) => budget === 'search').map(({ path }) => patternOf(path));
    const problem = toProblem(new AppError('SERVER_BUSY'), '');
    return ({ url = '' }, response) => {
      if (this.#hasRoom) return false;
      const end = url.indexOf('?');
      const path = end < 0 ? url : url.slice(0, end);
      if (!searches.some((pattern) => pattern.test(path))) return false;
      this.#refused++;
      const requestId = randomUUID();
      const body = JSON.stringify({ ...problem, requestId });
      response.writeHead(problem.status, {
        'Content-Type': PROBLEM_TYPE,
        'Content-Length': Buffer.byteLength(body),
        'Retry-After': RETRY_AFTER_SECONDS,
        'X-Request-Id': requestId,
      });
      response.end(body);
      return true;
    };
  }

  get #hasRoom(): boolean {
    return this.#underWay < this.#most || this.#burst >= 1;
  }

  #enter(): void {
    this.#underWay++;
    if (this.#underWay > this.#most) this.#burst--;
    if (this.#underWay < this.#most || this.#roomSinceMs === undefined) return;
    const earned = (this.#nowMs() - this.#roomSinceMs) / MS_OF_ROOM_FOR_ONE;
    this.#burst = Math.min(MOST_BURST, this.#burst + earned);
    this.#roomSinceMs = undefined;
  }

  #leave(): void {
    this.#underWay--;
    if (this.#underWay < this.#most) this.#roomSinceMs ??= this.#nowMs();
  }

  /**
   * One begins at each turn of the event loop. A question whose vector is remembered is answered in one go; if several
   * followed each other like that, whoever comes meanwhile would wait in their sockets, unseen by this gate, and be let
   * in one after the other as if there were no hurry.
   */
  #takeTurn(begin: () => void): void {
    this.#turns.push(begin);
    if (this.#turns.length === 1) setImmediate(this.#nextTurn);
  }

  readonly #nextTurn = (): void => {
    const begin = this.#turns.shift();
    if (this.#turns.length > 0) setImmediate(this.#nextTurn);
    begin?.();
  };
}

export type EarlyRefusal = (request: IncomingMessage, response: ServerResponse) => boolean;

/** What Express matches by: `*name` for anything, `:name` for anything without a slash. */
function patternOf(path: string): RegExp {
  const escaped = path.replace(/[.+?^${}()|[\]\\]/g, '\\$&');
  return new RegExp(`^${escaped.replace(/\*\w+/g, '.+').replace(/:\w+/g, '[^/]+')}/?$`, 'i');
}
