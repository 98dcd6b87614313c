/**
 * Data for programs in a page: a script element of a type that is not run, which the policy therefore lets be. Such an
 * element knows no entities, so that a page drawn of nodes cannot hold it; it is put before the end of the head,
 * with every sign that could end the element written as JSON escapes it.
 */
const END_OF_HEAD = '</head>';
/** Also what ended a line of JavaScript before JSON was part of it. */
const TELLING = /[<>&\u2028\u2029]/g;

/** `html` as a whole document, whose texts are escaped: the first end of a head is the end of its head. */
export function withDataBlock(html: string, data: Readonly<Record<string, unknown>>): string {
  const at = html.indexOf(END_OF_HEAD);
  return `${html.slice(0, at)}<script type="application/ld+json">${escapedJson(data)}</script>${html.slice(at)}`;
}

function escapedJson(data: unknown): string {
  return JSON.stringify(data).replaceAll(
    TELLING,
    (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
