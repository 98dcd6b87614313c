/**
 * Whether the other end of a TCP connection within this machine belongs to the user who runs this process. Linux says
 * so in /proc/net/tcp, where each end of a connection stands with the id of its user; other systems do not tell, and
 * there the answer is no.
 * Format: https://docs.kernel.org/networking/proc_net_tcp.html
 */
import { readFile } from 'node:fs/promises';

export interface Connection {
  readonly localPort: number | undefined;
  readonly remotePort: number | undefined;
}

const TABLES = ['/proc/net/tcp', '/proc/net/tcp6'];
const LOOPBACK_HEX = /^(?:[0-9A-F]{6}7F|0{24}01000000|0{16}FFFF0000[0-9A-F]{6}7F)$/;
/** Columns of a line, after its number. */
const [LOCAL, REMOTE, USER] = [1, 2, 7];

/** `localPort` is ours, `remotePort` the caller's. */
export async function isSameUser(connection: Connection): Promise<boolean> {
  const user = process.getuid?.();
  if (user === undefined) return false;
  for (const table of TABLES) {
    // A system without the table tells nothing, which is no.
    const text = await readFile(table, 'utf8').catch(() => '');
    const owner = ownerIn(text, connection);
    if (owner !== undefined) return owner === user;
  }
  return false;
}

/** The id of the user at the caller's end; undefined where the table does not hold it, or two that differ. */
export function ownerIn(table: string, { localPort, remotePort }: Connection): number | undefined {
  const owners = new Set<number>();
  for (const line of table.split('\n').slice(1)) {
    const columns = line.trim().split(/\s+/);
    // Seen from the caller's end, its port is the local one.
    if (isEnd(columns[LOCAL], remotePort) && isEnd(columns[REMOTE], localPort))
      owners.add(Number(columns[USER]));
  }
  const [owner] = owners;
  return owners.size === 1 ? owner : undefined;
}

function isEnd(text: string | undefined, port: number | undefined): boolean {
  const [address = '', hex = ''] = text?.split(':') ?? [];
  return LOOPBACK_HEX.test(address) && Number.parseInt(hex, 16) === port;
}
