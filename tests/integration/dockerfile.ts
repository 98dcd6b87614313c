/** A Dockerfile as a list of instructions, for tests of what can be held without Docker. */

export interface Instruction {
  readonly name: string;
  /** Continued lines joined, comments left out. */
  readonly value: string;
}

export interface Stage {
  readonly base: string;
  readonly name: string | undefined;
  readonly instructions: readonly Instruction[];
}

/** The arguments before the first FROM are put in; each stage begins with one. */
export function readStages(text: string): Stage[] {
  const stages: { base: string; name: string | undefined; instructions: Instruction[] }[] = [];
  const globals = new Map<string, string>();
  for (const { name, value } of instructionsOf(text)) {
    const stage = stages.at(-1);
    if (name === 'FROM') {
      const [, base = '', alias] = /^(\S+)(?: AS (\S+))?$/.exec(withArguments(value, globals)) ?? [];
      stages.push({ base, name: alias, instructions: [] });
    } else if (stage) stage.instructions.push({ name, value });
    else globals.set(value.split('=')[0] ?? '', value.split('=')[1] ?? '');
  }
  return stages;
}

/** `NAME=value` pairs of the ENV instructions; quotes are not understood. */
export function environmentOf({ instructions }: Stage): Record<string, string> {
  const pairs = instructions.filter(({ name }) => name === 'ENV').flatMap(({ value }) => value.split(/\s+/));
  return Object.fromEntries(pairs.map((pair) => pair.split('=')));
}

function instructionsOf(text: string): Instruction[] {
  return text
    .replace(/^\s*#.*\n/gm, '')
    .replace(/\\\n/g, ' ')
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line) => {
      const [, name = '', value = ''] = /^([A-Z]+)\s+(.*)$/.exec(line.trim()) ?? [];
      return { name, value };
    });
}

function withArguments(value: string, globals: ReadonlyMap<string, string>): string {
  return value.replace(/\$\{(\w+)\}/g, (_, name: string) => globals.get(name) ?? '');
}
