/** How long the other side asks to be left alone: `Retry-After` of RFC 9110, seconds or a date. */

/** Milliseconds, 0 where it says nothing that can be understood or names a moment that is past. */
export function retryAfterMs(header: string | undefined, nowMs: number): number {
  const text = header?.trim() ?? '';
  const ms = /^\d+$/.test(text) ? Number(text) * 1000 : Date.parse(text) - nowMs;
  return Number.isFinite(ms) ? Math.max(0, ms) : 0;
}
