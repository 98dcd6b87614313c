/** Why a message was not delivered; a hopeless one is not tried again. */

export class DeliveryFault extends Error {
  override readonly name = 'DeliveryFault';
  readonly isHopeless: boolean;

  constructor(
    message: string,
    { isHopeless = false, cause }: { readonly isHopeless?: boolean; readonly cause?: unknown } = {},
  ) {
    super(message, { cause });
    this.isHopeless = isHopeless;
  }
}
