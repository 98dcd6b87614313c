/** `2026-11-25 04:40 UTC`: whoever reads it need not be where the server is. */
export function momentOf(moment: string): string {
  return `${moment.slice(0, 10)} ${moment.slice(11, 16)} UTC`;
}
