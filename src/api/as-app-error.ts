/**
 * Errors of the libraries that read requests, in our words. What is not known here is a defect of ours, and is
 * INTERNAL with the original as its cause.
 */
import { AppError } from '../fault/app-error.ts';

/** The `type` that body-parser gives its errors, see its README; all of them are the caller's doing. */
const BODY_FAULTS: Readonly<Record<string, string>> = {
  'charset.unsupported': 'The body must be UTF-8.',
  'encoding.unsupported': 'The body must not be compressed.',
  'entity.verify.failed': 'The body is not valid UTF-8.',
  'request.aborted': 'The body broke off.',
  'request.size.invalid': 'The body is not as long as Content-Length says.',
};

export function asAppError(error: unknown): AppError {
  if (error instanceof AppError) return error;
  if (error instanceof Error && 'type' in error) {
    const translated = bodyFault(error);
    if (translated) return translated;
  }
  if (error instanceof URIError) {
    const message = 'The address holds a % that is not part of valid UTF-8 percent-encoding.';
    return new AppError('INPUT_INVALID', { message, issues: [{ message, pointer: 'id' }] });
  }
  return new AppError('INTERNAL', {}, { cause: error });
}

function bodyFault(error: Error & { type: unknown; limit?: unknown }): AppError | undefined {
  const type = String(error.type);
  if (type === 'entity.too.large') {
    const message = `The body is larger than the ${error.limit} bytes that this server takes.`;
    return new AppError('BODY_TOO_LARGE', { message });
  }
  const known = BODY_FAULTS[type];
  const message = type === 'entity.parse.failed' ? `The body is not JSON: ${error.message}` : known;
  return message === undefined ? undefined : new AppError('BODY_INVALID', { message }, { cause: error });
}
