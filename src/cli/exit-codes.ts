/** What a run ends with. The table of error codes that end with something other than FAILED stands here and nowhere else. */
import type { FaultCode } from '../fault/codes.ts';

export const EXIT = {
  /** Done, even if there was nothing to find or to change. */
  FINE: 0,
  /** Begun and not finished, or finished with bad news; Ctrl-C is one of these. */
  FAILED: 1,
  /** The command line or a setting was wrong; nothing was begun. */
  USAGE: 2,
} as const;

export type ExitCode = (typeof EXIT)[keyof typeof EXIT];

const USAGE_FAULTS: ReadonlySet<FaultCode> = new Set(['INPUT_INVALID', 'QUERY_EMPTY', 'SETTINGS_INVALID']);

export function exitCodeOf(code: FaultCode): ExitCode {
  return USAGE_FAULTS.has(code) ? EXIT.USAGE : EXIT.FAILED;
}
