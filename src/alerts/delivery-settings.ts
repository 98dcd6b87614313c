/** What delivering needs to know; all of it may be missing until a target wants it. */

export interface DeliverySettings {
  /** `smtps://user@host:465`, `smtp://user@host:587`, or `smtp+plain://host` for no encryption. */
  readonly smtp?: string | undefined;
  readonly smtpPassword?: string | undefined;
  /** The address mail comes from. */
  readonly mailFrom?: string | undefined;
  /** Where this server is reached from outside, for the links in mails. */
  readonly publicUrl?: string | undefined;
  readonly webhookSecret?: string | undefined;
  /** Hosts that webhooks may reach although their addresses are private. */
  readonly webhookHosts: readonly string[];
}
