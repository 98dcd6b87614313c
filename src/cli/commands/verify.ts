/** `pharos verify`: whether every structure of the index says what the stored papers say. */
import { resolve } from 'node:path';
import { Command } from 'commander';
import { atWork } from '../at-work.ts';
import { type CommandContext, loadSettings } from '../context.ts';
import { EXIT } from '../exit-codes.ts';
import { writeTo } from '../io.ts';
import { fields, widthOf } from '../layout.ts';
import { paletteFor } from '../palette.ts';
import { addSettingOptions, settingFlags } from '../setting-options.ts';

const EXAMPLES = `
Examples:
  $ pharos verify
  $ pharos verify --repair`;

interface VerifyFlags {
  readonly repair?: true;
  readonly json?: true;
}

export function verifyCommand({ io, finish }: CommandContext): Command {
  const command = new Command('verify')
    .description(
      'Checks every structure of the index against the stored papers. Fails when something is wrong.',
    )
    .option('--repair', 'make anew what is wrong')
    .option('--json', 'print JSON: { ok, checks, repaired }')
    .addHelpText('after', EXAMPLES);
  addSettingOptions(command, ['index']);
  return command.action((flags: VerifyFlags) =>
    finish(async () => {
      const settings = await loadSettings(io, settingFlags(command));
      const report = await atWork(io, async (work) => {
        const { verifyIndex } = await import('../../engine/embedded/verify.ts');
        return verifyIndex({ dir: resolve(settings.index), repair: flags.repair === true, ...work });
      });
      const { good, bad, faint } = paletteFor(io.stdout, io.environment);
      const lines = report.checks.map(
        ({ name, ok, detail }) => [name, `${ok ? good('ok') : bad('wrong')}  ${detail}`] as const,
      );
      const text = flags.json
        ? JSON.stringify(report, null, 2)
        : fields(lines, { width: widthOf(io.stdout), faint });
      await writeTo(io.stdout, `${text}\n`);
      for (const name of report.repaired) io.stderr.write(`Repaired: ${name}\n`);
      if (!report.ok) io.stderr.write('hint: Run `pharos verify --repair`.\n');
      return report.ok ? EXIT.FINE : EXIT.FAILED;
    }),
  );
}
