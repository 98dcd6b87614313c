/** `pharos keys`: who may use the server of an index. */
import { resolve } from 'node:path';
import { Command, InvalidArgumentError, Option } from 'commander';
import { type Key, SCOPES, type Scope } from '../../access/key.ts';
import { AppError } from '../../fault/app-error.ts';
import { type CommandContext, loadSettings } from '../context.ts';
import { EXIT } from '../exit-codes.ts';
import { writeTo } from '../io.ts';
import { addSettingOptions, settingFlags } from '../setting-options.ts';

const EXAMPLES = `
Examples:
  $ pharos keys create --name "reading group" --scope read
  $ pharos keys list --index /data/papers
  $ pharos keys revoke 3f9c2a71d0b4`;

const MAX_NAME = 100;

interface KeyFlags {
  readonly name: string;
  readonly scope: Scope;
  readonly json?: true;
}

export function keysCommand(context: CommandContext): Command {
  const command = new Command('keys')
    .description('Makes, lists and revokes the keys by which a server knows its callers.')
    .addHelpText('after', EXAMPLES);
  for (const part of [createPart, listPart, revokePart]) {
    command.addCommand(addSettingOptions(part(context), ['index']));
  }
  return command;
}

function createPart({ io, finish }: CommandContext): Command {
  const command: Command = new Command('create')
    .description('Makes a key and prints it, this once: only a hash of it is kept.')
    .requiredOption('--name <text>', 'whom or what the key is for', keyName)
    .addOption(
      new Option('--scope <scope>', 'what it may do: read, write, or admin (read the metrics as well)')
        .choices(SCOPES)
        .default('read'),
    )
    .option('--json', 'print JSON: { id, name, scope, createdMs, key }');
  return command.action((flags: KeyFlags) =>
    finish(async () => {
      const keys = await openKeys(io, command);
      const { text, ...key } = await keys.create(flags.name, flags.scope);
      if (flags.json) await writeTo(io.stdout, `${JSON.stringify({ ...key, key: text }, null, 2)}\n`);
      else await writeTo(io.stdout, `${text}\n`);
      if (!flags.json)
        io.stderr.write(`Key ${key.id} may ${key.scope}. It is shown this once; keep it well.\n`);
      return EXIT.FINE;
    }),
  );
}

function listPart({ io, finish }: CommandContext): Command {
  const command: Command = new Command('list')
    .description('Lists the keys, without their secrets.')
    .option('--json', 'print JSON: { keys: [{ id, name, scope, createdMs }] }');
  return command.action((flags: Partial<KeyFlags>) =>
    finish(async () => {
      const keys = await (await openKeys(io, command)).list();
      if (flags.json) await writeTo(io.stdout, `${JSON.stringify({ keys }, null, 2)}\n`);
      else if (keys.length === 0) await writeTo(io.stdout, 'There are no keys.\n');
      else await writeTo(io.stdout, keys.map((key) => `${lineOf(key)}\n`).join(''));
      return EXIT.FINE;
    }),
  );
}

function revokePart({ io, finish }: CommandContext): Command {
  const command: Command = new Command('revoke')
    .description('Takes keys out of use, from the next request on.')
    .argument('<id...>', 'ids of keys, as the list has them');
  return command.action((ids: string[]) =>
    finish(async () => {
      const keys = await openKeys(io, command);
      for (const id of ids) {
        await keys.revoke(id);
        await writeTo(io.stdout, `Revoked ${id}.\n`);
      }
      return EXIT.FINE;
    }),
  );
}

/** Keys belong to an index, so one that is not there has none: a mistyped folder must not be made. */
async function openKeys(io: CommandContext['io'], command: Command) {
  const { hasIndex } = await import('../../engine/embedded/index-folder.ts');
  const { KeyStore } = await import('../../access/key-store.ts');
  const dir = resolve((await loadSettings(io, settingFlags(command))).index);
  if (!hasIndex(dir)) throw new AppError('INDEX_MISSING', { message: `There is no index in ${dir}` });
  return new KeyStore(dir);
}

function keyName(text: string): string {
  const name = text.trim();
  if (name === '' || name.length > MAX_NAME || /\p{C}/u.test(name))
    throw new InvalidArgumentError(`A name has 1 to ${MAX_NAME} printable characters.`);
  return name;
}

function lineOf({ id, name, scope, createdMs }: Key): string {
  return `${id}  ${scope.padEnd(5)}  ${new Date(createdMs).toISOString().slice(0, 10)}  ${name}`;
}
