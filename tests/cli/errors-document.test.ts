import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { toProblem } from '../../src/api/problem.ts';
import { EXIT, exitCodeOf } from '../../src/cli/exit-codes.ts';
import { AppError } from '../../src/fault/app-error.ts';
import { FAULTS, type FaultCode } from '../../src/fault/codes.ts';

const document = readFileSync(new URL('../../docs/errors.md', import.meta.url), 'utf8');

function tableUnder(heading: string): string[][] {
  const section = document.split(`## ${heading}\n`)[1]?.split('\n## ')[0] ?? '';
  const rows = section.split('\n').filter((line) => line.startsWith('| '));
  return rows.slice(1).map((row) =>
    row
      .split(/(?<!\\)\|/)
      .slice(1, -1)
      .map((cell) => cell.trim().replaceAll('\\|', '|')),
  );
}

describe('docs/errors.md', () => {
  it('lists every code with its meaning, remedy, HTTP status and exit code', () => {
    const codes = Object.keys(FAULTS) as FaultCode[];
    expect(tableUnder('Codes')).toEqual(
      codes.map((code) => [
        `\`${code}\``,
        FAULTS[code].title,
        FAULTS[code].remedy,
        String(toProblem(new AppError(code), 'request').status),
        String(exitCodeOf(code)),
      ]),
    );
  });

  it('lists every exit code', () => {
    expect(tableUnder('Exit codes').map(([code]) => code)).toEqual(Object.values(EXIT).map(String));
  });
});
