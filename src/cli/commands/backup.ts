/** `pharos backup`: one file with everything that cannot be made anew. */
import { resolve } from 'node:path';
import { Command } from 'commander';
import { writeBackup } from '../../backup/write-backup.ts';
import { AppError } from '../../fault/app-error.ts';
import { countStoredPapers, manifestOfCopy } from '../backup-parts.ts';
import { type CommandContext, loadSettings } from '../context.ts';
import { EXIT } from '../exit-codes.ts';
import { writeTo } from '../io.ts';
import { countOf, size } from '../layout.ts';
import { packageVersion } from '../package-version.ts';
import { addSettingOptions, settingFlags } from '../setting-options.ts';

const EXAMPLES = `
Examples:
  $ pharos backup /backups/papers-2026-11-25.tar.gz
  $ pharos backup /backups/papers.tar.gz --replace --keys
  $ pharos restore /backups/papers.tar.gz --index /data/papers`;

interface BackupFlags {
  readonly keys?: true;
  readonly replace?: true;
  readonly json?: true;
}

export function backupCommand({ io, finish }: CommandContext): Command {
  const command = new Command('backup')
    .description(
      'Writes everything of an index that cannot be made anew into one file, beside a server and an import.',
    )
    .argument('<file>', 'its name ends in .tar.gz, .tgz or .tar')
    .option('--keys', 'the hashes of the keys of its server too')
    .option('--replace', 'put it in place of a file that is there')
    .option('--json', 'print JSON: { file, bytes, papers, files }')
    .addHelpText('after', EXAMPLES);
  addSettingOptions(command, ['index']);
  return command.action((file: string, flags: BackupFlags) =>
    finish(async () => {
      const dir = resolve((await loadSettings(io, settingFlags(command))).index);
      const { hasIndex } = await import('../../engine/embedded/index-folder.ts');
      if (!hasIndex(dir)) throw new AppError('INDEX_MISSING', { message: `There is no index in ${dir}` });
      const { bytes, papers, files } = await writeBackup({
        ...{ dir, file, pharos: packageVersion(), signal: io.interruptible() },
        ...{ hasKeys: flags.keys === true, isReplacing: flags.replace === true },
        describe: async (folder) => ({
          papers: await countStoredPapers(folder),
          ...(await manifestOfCopy(dir)),
        }),
      });
      const names = files.map(({ name }) => name);
      const text = flags.json
        ? JSON.stringify({ file, bytes, papers, files: names }, null, 2)
        : `${file}: ${countOf(papers, 'paper')}, ${countOf(names.length, 'file')}, ${size(bytes)}.`;
      await writeTo(io.stdout, `${text}\n`);
      return EXIT.FINE;
    }),
  );
}
