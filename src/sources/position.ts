/** Positions as JSON text. What cannot be read, of an older Pharos or of another source, counts as none. */

/** The members that are of the kinds they should have; the others are absent. */
export function readPosition(text: string | undefined): {
  readonly text: (key: string) => string | undefined;
  readonly number: (key: string) => number | undefined;
} {
  const value = parse(text);
  return {
    text: (key) => (typeof value[key] === 'string' ? value[key] : undefined),
    number: (key) => (Number.isSafeInteger(value[key]) ? (value[key] as number) : undefined),
  };
}

/** Members that are undefined are left out. */
export function writePosition(members: Readonly<Record<string, string | number | undefined>>): string {
  return JSON.stringify(members);
}

function parse(text: string | undefined): Record<string, unknown> {
  if (text === undefined) return {};
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
  } catch (error) {
    if (error instanceof SyntaxError) return {};
    throw error;
  }
}
