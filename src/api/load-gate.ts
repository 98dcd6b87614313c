/**
 * Lets so many searches be under way at once and refuses the rest at the door. A search is computing and not waiting,
 * so more of them at once are not answered sooner, only all of them later; whoever is told so in a millisecond can ask
 * again or elsewhere.
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

export class LoadGate {
  readonly #most: number;
  #underWay = 0;
  #refused = 0;

  constructor(most: number) {
    this.#most = most;
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
      if (this.#underWay >= this.#most) {
        this.#refused++;
        throw new AppError('SERVER_BUSY');
      }
      this.#underWay++;
      response.once('close', () => {
        this.#underWay--;
      });
      next();
    };
  }

  /** Answers a search for which there is no room; false where there is, or it is no search. */
  refusesAtOnce(routes: readonly { readonly path: string; readonly budget?: Budget }[]): EarlyRefusal {
    const searches = routes.filter(({ budget }) => budget === 'search').map(({ path }) => patternOf(path));
    const problem = toProblem(new AppError('SERVER_BUSY'), '');
    return ({ url = '' }, response) => {
      if (this.#underWay < this.#most) return false;
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
}

export type EarlyRefusal = (request: IncomingMessage, response: ServerResponse) => boolean;

/** What Express matches by: `*name` for anything, `:name` for anything without a slash. */
function patternOf(path: string): RegExp {
  const escaped = path.replace(/[.+?^${}()|[\]\\]/g, '\\$&');
  return new RegExp(`^${escaped.replace(/\*\w+/g, '.+').replace(/:\w+/g, '[^/]+')}/?$`, 'i');
}
