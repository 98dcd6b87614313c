/** Why a message was not delivered; a hopeless one is not tried again. */

export interface DeliveryFaultOptions {
  readonly isHopeless?: boolean;
  /** For how long the receiver asks to be left alone. */
  readonly retryAfterMs?: number;
  readonly cause?: unknown;
}

export class DeliveryFault extends Error {
  override readonly name = 'DeliveryFault';
  readonly isHopeless: boolean;
  readonly retryAfterMs: number;

  constructor(message: string, { isHopeless = false, retryAfterMs = 0, cause }: DeliveryFaultOptions = {}) {
    super(message, { cause });
    this.isHopeless = isHopeless;
    this.retryAfterMs = retryAfterMs;
  }
}
