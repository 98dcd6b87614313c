/** A failure that may be gone in a moment. Whoever gives up tells it as an AppError. */

export class TransientFault extends Error {
  override readonly name = 'TransientFault';
  /** Nobody answered at all. */
  readonly isUnreachable: boolean;
  /** How long the other side asked to be left alone. */
  readonly retryAfterMs: number;

  constructor(
    message: string,
    {
      isUnreachable = false,
      retryAfterMs = 0,
      cause,
    }: { readonly isUnreachable?: boolean; readonly retryAfterMs?: number; readonly cause?: unknown } = {},
  ) {
    super(message, { cause });
    this.isUnreachable = isUnreachable;
    this.retryAfterMs = retryAfterMs;
  }
}
