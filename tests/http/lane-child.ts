/** The process that turnstile.test.ts starts several of: passes a lane so many times and says when it was inside. */
import { setTimeout as sleep } from 'node:timers/promises';
import { Turnstile } from '../../src/http/turnstile.ts';

const [dir = '', times = '1', intervalMs = '0'] = process.argv.slice(2);
const turnstile = new Turnstile(dir);
for (let at = 0; at < Number(times); at++) {
  await turnstile.pass({ name: 'shared', intervalMs: Number(intervalMs) }, async () => {
    const from = Date.now();
    await sleep(5);
    process.stdout.write(`${from} ${Date.now()}\n`);
  });
}
