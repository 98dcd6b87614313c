import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { type AddressInfo, connect, createServer } from 'node:net';
import { expect, it, onTestFinished } from 'vitest';
import { isSameUser, ownerIn } from '../../src/access/same-user.ts';

const HEAD =
  '  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode';
const OURS = '   1: 0100007F:1D09 0100007F:C350 01 00000000:00000000 00:00000000 00000000   500        0 2 1';
const THEIRS =
  '   2: 0100007F:C350 0100007F:1D09 01 00000000:00000000 00:00000000 00000000  1000        0 3 1';
const ELSEWHERE =
  '   3: 0200000A:C350 0100000A:1D09 01 00000000:00000000 00:00000000 00000000  1001        0 4 1';
const CONNECTION = { localPort: 0x1d09, remotePort: 0xc350 };

it("reads the user at the caller's end, not at ours", () => {
  expect(ownerIn([HEAD, OURS, THEIRS].join('\n'), CONNECTION)).toBe(1000);
});

it('knows nobody where the table holds no such connection within the machine', () => {
  expect(ownerIn([HEAD, OURS, ELSEWHERE].join('\n'), CONNECTION)).toBeUndefined();
  expect(ownerIn('', CONNECTION)).toBeUndefined();
  expect(ownerIn([HEAD, THEIRS].join('\n'), { localPort: undefined, remotePort: undefined })).toBeUndefined();
});

it('knows nobody where two users could be meant', () => {
  const other = THEIRS.replace('0100007F:C350', '0200007F:C350').replace(' 1000 ', ' 1001 ');
  expect(ownerIn([HEAD, THEIRS, other].join('\n'), CONNECTION)).toBeUndefined();
});

it('reads IPv6, and IPv4 within it', () => {
  const line = (address: string) => THEIRS.replaceAll('0100007F', address);
  for (const address of ['00000000000000000000000001000000', '0000000000000000FFFF00000100007F'])
    expect(ownerIn([HEAD, line(address)].join('\n'), CONNECTION)).toBe(1000);
});

it.runIf(existsSync('/proc/net/tcp'))('knows this user by a real connection', async () => {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const socket = connect(port, '127.0.0.1');
  onTestFinished(() => {
    socket.destroy();
    server.close();
  });
  await once(socket, 'connect');
  expect(await isSameUser({ localPort: port, remotePort: socket.localPort })).toBe(true);
  expect(await isSameUser({ localPort: port, remotePort: 1 })).toBe(false);
});
