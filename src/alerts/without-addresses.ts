/** For logs: mail servers repeat the address they refuse, and whom mail goes to is nobody's business. */

const ADDRESS = /[^\s<>"'(),:;]+@[^\s<>"'(),:;]+/g;

export function withoutAddresses(text: string): string {
  return text.replace(ADDRESS, '(address)');
}
