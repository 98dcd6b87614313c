/**
 * The commands there are, in the order of the help. A command's own file is loaded only when it is asked for, so
 * that one need not wait for what another imports.
 */
import type { Command } from 'commander';
import type { CommandContext } from './context.ts';

export interface CommandEntry {
  readonly name: string;
  readonly summary: string;
  readonly load: () => Promise<(context: CommandContext) => Command>;
}

export const COMMANDS: readonly CommandEntry[] = [
  {
    name: 'search',
    summary: 'find papers that answer a question',
    load: async () => (await import('./commands/search.ts')).searchCommand,
  },
  {
    name: 'related',
    summary: 'find the work around papers or a text',
    load: async () => (await import('./commands/related.ts')).relatedCommand,
  },
  {
    name: 'recommend',
    summary: 'recommend new papers for a library',
    load: async () => (await import('./commands/recommend.ts')).recommendCommand,
  },
  {
    name: 'profile',
    summary: 'keep libraries under names',
    load: async () => (await import('./commands/profile.ts')).profileCommand,
  },
  {
    name: 'library',
    summary: 'keep papers to read, with tags and notes',
    load: async () => (await import('./commands/library.ts')).libraryCommand,
  },
  {
    name: 'daily',
    summary: 'list the papers of a day, a week or a month',
    load: async () => (await import('./commands/daily.ts')).dailyCommand,
  },
  {
    name: 'trending',
    summary: 'list what is read now',
    load: async () => (await import('./commands/trending.ts')).trendingCommand,
  },
  {
    name: 'suggest',
    summary: 'complete a title, a name or a category',
    load: async () => (await import('./commands/suggest.ts')).suggestCommand,
  },
  {
    name: 'show',
    summary: 'print everything known of a paper',
    load: async () => (await import('./commands/show.ts')).showCommand,
  },
  {
    name: 'cite',
    summary: 'print papers as references',
    load: async () => (await import('./commands/cite.ts')).citeCommand,
  },
  {
    name: 'add',
    summary: 'put papers into the index',
    load: async () => (await import('./commands/add.ts')).addCommand,
  },
  {
    name: 'source',
    summary: 'choose the sources that it is kept fresh from',
    load: async () => (await import('./commands/source.ts')).sourceCommand,
  },
  {
    name: 'sync',
    summary: 'ask the sources for what is new',
    load: async () => (await import('./commands/sync.ts')).syncCommand,
  },
  {
    name: 'remove',
    summary: 'take papers out of the index',
    load: async () => (await import('./commands/remove.ts')).removeCommand,
  },
  {
    name: 'export',
    summary: 'print all papers as JSON Lines',
    load: async () => (await import('./commands/export.ts')).exportCommand,
  },
  {
    name: 'status',
    summary: 'print what the index holds',
    load: async () => (await import('./commands/status.ts')).statusCommand,
  },
  {
    name: 'verify',
    summary: 'check the index, and repair it',
    load: async () => (await import('./commands/verify.ts')).verifyCommand,
  },
  {
    name: 'rebuild',
    summary: 'make the search structures anew',
    load: async () => (await import('./commands/rebuild.ts')).rebuildCommand,
  },
  {
    name: 'backup',
    summary: 'write everything that cannot be made anew into one file',
    load: async () => (await import('./commands/backup.ts')).backupCommand,
  },
  {
    name: 'restore',
    summary: 'make an index of a backup',
    load: async () => (await import('./commands/restore.ts')).restoreCommand,
  },
  {
    name: 'map',
    summary: 'draw the map of the papers',
    load: async () => (await import('./commands/map.ts')).mapCommand,
  },
  {
    name: 'models',
    summary: 'list the models there are, and fetch them',
    load: async () => (await import('./commands/models.ts')).modelsCommand,
  },
  {
    name: 'evaluate',
    summary: 'measure the answers on a judged collection',
    load: async () => (await import('./commands/evaluate.ts')).evaluateCommand,
  },
  {
    name: 'alert',
    summary: 'tell somebody when new papers answer a question',
    load: async () => (await import('./commands/alert.ts')).alertCommand,
  },
  {
    name: 'config',
    summary: 'print the settings and where they came from',
    load: async () => (await import('./commands/config.ts')).configCommand,
  },
  {
    name: 'keys',
    summary: 'make, list and revoke keys of the server',
    load: async () => (await import('./commands/keys.ts')).keysCommand,
  },
  {
    name: 'serve',
    summary: 'answer over HTTP',
    load: async () => (await import('./commands/serve.ts')).serveCommand,
  },
  {
    name: 'mcp',
    summary: 'serve agents by the Model Context Protocol',
    load: async () => (await import('./commands/mcp.ts')).mcpCommand,
  },
];
