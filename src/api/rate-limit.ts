/**
 * How many requests a minute each caller may send: by key where one was shown, else by address. Said in the headers of
 * draft-ietf-httpapi-ratelimit-headers, so that a client can slow down before it is refused.
 */
import type { RequestHandler } from 'express';
import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import { AppError } from '../fault/app-error.ts';
import { BUDGETS, type Budget } from './budget.ts';
import { addressOf } from './caller.ts';
import { traceOf } from './request-trace.ts';

/** Requests a minute; 0 for as many as come. */
export type RateLimits = Readonly<Record<Budget, number>>;

/** For a server that others reach. */
export const CAUTIOUS_LIMITS: RateLimits = { search: 120, read: 1_200, write: 60 };
const MINUTE_SECONDS = 60;

/** Entries such as `search=60`, each of a budget; those that are left out are the cautious ones. */
export function readRateLimits(entries: readonly string[]): RateLimits {
  const given = new Map(entries.map((entry) => entry.split('=') as [string, string]));
  const limit = (budget: Budget) => Number(given.get(budget) ?? CAUTIOUS_LIMITS[budget]);
  return { search: limit('search'), read: limit('read'), write: limit('write') };
}

export type Limiter = (budget: Budget) => RequestHandler;

/**
 * RATE_LIMITED. Each budget is counted apart, so that reading goes on when too much was searched. `windowSeconds` is the
 * time that the allowance is for.
 */
export function rateLimiter(limits: RateLimits, windowSeconds = MINUTE_SECONDS): Limiter {
  const limitOf = (budget: Budget) => limitTo(budget, { points: limits[budget], windowSeconds });
  const handlers = new Map(BUDGETS.map((budget) => [budget, limitOf(budget)]));
  return (budget) => handlers.get(budget) ?? pass;
}

const pass: RequestHandler = (_request, _response, next) => next();

interface Allowance {
  readonly points: number;
  readonly windowSeconds: number;
}

function limitTo(budget: Budget, { points, windowSeconds }: Allowance): RequestHandler {
  if (points === 0) return pass;
  const limiter = new RateLimiterMemory({ points, duration: windowSeconds });
  const policy = `"${budget}";q=${points};w=${windowSeconds}`;
  const time = windowSeconds === MINUTE_SECONDS ? 'a minute' : `in ${windowSeconds} s`;
  return async (request, response, next) => {
    const { key } = traceOf(response);
    const caller = key === null ? householdOf(addressOf(request)) : `key ${key}`;
    const state = await limiter.consume(caller).catch((refusal: unknown) => {
      if (!(refusal instanceof RateLimiterRes)) throw refusal;
      return refusal;
    });
    const seconds = Math.max(1, Math.ceil(state.msBeforeNext / 1000));
    response.setHeader('RateLimit-Policy', policy);
    response.setHeader('RateLimit', `"${budget}";r=${state.remainingPoints};t=${seconds}`);
    if (state.consumedPoints <= points) return next();
    response.setHeader('Retry-After', String(seconds));
    const message = `At most ${points} requests ${time} are served here; ask again in ${seconds} seconds.`;
    throw new AppError('RATE_LIMITED', { message });
  };
}

/** One household has a whole /64 of IPv6 addresses, so those count as one. */
export function householdOf(address: string): string {
  if (!address.includes(':')) return address;
  const [head = '', tail] = address.split('::');
  const [first, last] = [head, tail].map((part) => (part ? part.split(':') : []));
  const gap = tail === undefined ? 0 : 8 - (first?.length ?? 0) - (last?.length ?? 0);
  const groups = [...(first ?? []), ...Array<string>(Math.max(0, gap)).fill('0'), ...(last ?? [])];
  return `${groups.slice(0, 4).join(':')}::/64`;
}
