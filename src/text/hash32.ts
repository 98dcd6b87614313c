/** A text as 32 bits: FNV-1a over UTF-16 units. For tables whose every hit is checked again, never for identity. */
export function hash32(text: string): number {
  let value = 0x811c9dc5;
  for (let at = 0; at < text.length; at += 1) value = Math.imul(value ^ text.charCodeAt(at), 0x01000193);
  return value >>> 0;
}
