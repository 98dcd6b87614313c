/** Text inside XML, with one letter as a number, as services write it. */
export function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('é', '&#233;');
}
