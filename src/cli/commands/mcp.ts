/** `pharos mcp`: the index as tools of an agent that starts this program. */
import type { Writable } from 'node:stream';
import { Command } from 'commander';
import { type CommandContext, loadSettings } from '../context.ts';
import { EXIT } from '../exit-codes.ts';
import { LateSearch } from '../late-search.ts';
import { addSettingOptions, MODEL_SETTINGS, settingFlags } from '../setting-options.ts';

const EXAMPLES = `
Agents start it themselves; docs/mcp.md tells how each is told to. Name the
index by its whole path there, since an agent may run anywhere.

Examples:
  $ pharos mcp --index /home/me/papers/index
  $ claude mcp add pharos -- pharos mcp --index /home/me/papers/index`;

export function mcpCommand({ io, finish }: CommandContext): Command {
  const command = new Command('mcp')
    .description(
      'Serves agents by the Model Context Protocol, on standard input and output, until they leave.',
    )
    .addHelpText('after', EXAMPLES);
  addSettingOptions(command, ['index', ...MODEL_SETTINGS, 'threads']);
  return command.action(() =>
    finish(async () => {
      const settings = await loadSettings(io, settingFlags(command));
      const { serveStdio } = await import('../../api/mcp/serve-stdio.ts');
      const onNotice = (notice: string) => void io.stderr.write(`${notice}\n`);
      const search = new LateSearch({ io, settings, onNotice });
      try {
        await serveStdio({
          stdin: io.stdin,
          stdout: io.stdout as Writable,
          signal: io.interruptible(),
          onNotice,
          open: async () => {
            const { reader, searcher } = await search.opened();
            return { engine: reader, searcher };
          },
        });
      } finally {
        await search.close();
      }
      return EXIT.FINE;
    }),
  );
}
