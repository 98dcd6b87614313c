/** A file out of a form, as browsers send it without a script: multipart/form-data, read by the platform's own parser. */
import type { Route } from '../api/route.ts';
import { AppError } from '../fault/app-error.ts';

type Request = Parameters<Route['answer']>[0];

export interface FileWanted {
  /** Of the field. */
  readonly name: string;
  readonly limitBytes: number;
}

/** The text of the file. BODY_TOO_LARGE, BODY_INVALID. */
export async function readFormFile(request: Request, { name, limitBytes }: FileWanted): Promise<string> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > limitBytes) throw tooLarge(limitBytes);
    chunks.push(chunk);
  }
  const headers = { 'Content-Type': request.headers['content-type'] ?? '' };
  try {
    const file = (await new Response(Buffer.concat(chunks), { headers }).formData()).get(name);
    return typeof file === 'string' || file === null ? (file ?? '') : await file.text();
  } catch (cause) {
    const message = 'The form could not be read.';
    throw new AppError('BODY_INVALID', { message, remedy: 'Send it again.' }, { cause });
  }
}

function tooLarge(limitBytes: number): AppError {
  return new AppError('BODY_TOO_LARGE', {
    message: `The file is larger than the ${limitBytes.toLocaleString('en-GB')} bytes that this server reads.`,
    remedy: 'Import it on the machine of the server: `pharos library import FILE`.',
  });
}
