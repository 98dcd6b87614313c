/** Bytes of an answer as text: which charset it has is told by its mark, its header, its XML declaration, in that order. */
import { TextDecoder } from 'node:util';

export interface DecodedText {
  readonly text: string;
  /** Some bytes were not of the charset, and U+FFFD stands for them. */
  readonly isDamaged: boolean;
}

const HEADER_CHARSET = /charset\s*=\s*"?([^\s;"]+)/i;
const XML_CHARSET = /^<\?xml[^>]{0,200}?encoding\s*=\s*["']([^"']+)["']/;
const DECLARATION_BYTES = 256;

/** A charset nobody knows counts as none; without one it is UTF-8. The mark is not part of the text. */
export function decodeText(bytes: Uint8Array, contentType = ''): DecodedText {
  const start = Buffer.from(bytes.subarray(0, DECLARATION_BYTES)).toString('latin1');
  const label = markOf(bytes) ?? HEADER_CHARSET.exec(contentType)?.[1] ?? XML_CHARSET.exec(start)?.[1];
  const decoder = decoderFor(label, { fatal: true });
  try {
    return { text: decoder.decode(bytes), isDamaged: false };
  } catch {
    return { text: decoderFor(label, { fatal: false }).decode(bytes), isDamaged: true };
  }
}

function markOf(bytes: Uint8Array): string | undefined {
  if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) return 'utf-8';
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le';
  return bytes[0] === 0xfe && bytes[1] === 0xff ? 'utf-16be' : undefined;
}

function decoderFor(label: string | undefined, options: { readonly fatal: boolean }): TextDecoder {
  try {
    return new TextDecoder(label ?? 'utf-8', options);
  } catch (error) {
    if (error instanceof RangeError) return new TextDecoder('utf-8', options);
    throw error;
  }
}
