/**
 * What arXiv asks of programs: one request in three seconds over its API, its harvesting protocol and its feeds
 * together, by one connection. Source: https://info.arxiv.org/help/api/tou.html
 */
import type { Lane } from '../http/turnstile.ts';

export const ARXIV_LANE: Lane = { name: 'arxiv', intervalMs: 3_000 };
