import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { runCli } from './test-io.ts';

async function indexed() {
  const dir = mkdtempSync(join(tmpdir(), 'pharos-alert-cli-'));
  onTestFinished(() => rmSync(dir, { recursive: true, force: true }));
  const environment = { PHAROS_INDEX: join(dir, 'index') };
  const pharos = (...words: string[]) => runCli(words, { environment });
  const alert = (...words: string[]) => pharos('alert', ...words);
  const add = async (id: string, title: string) => {
    writeFileSync(join(dir, 'papers.jsonl'), JSON.stringify({ id, title, abstract: title }));
    return pharos('add', join(dir, 'papers.jsonl'));
  };
  await add('old', 'graph networks of old');
  return { dir, environment, alert, add, pharos };
}

describe('pharos alert', () => {
  it('keeps, previews, runs, pauses and removes', async () => {
    const { dir, alert, add } = await indexed();
    const file = join(dir, 'news.jsonl');
    const made = await alert(
      'add',
      'graph',
      'networks',
      '--to',
      `file:${file}`,
      '--min-similarity',
      '0.2',
      '--json',
    );
    expect(JSON.parse(made.stdout)).toMatchObject({ id: 'graph-networks', to: [`file:${file}`] });
    await add('new', 'graph networks anew');
    expect(JSON.parse((await alert('preview', 'graph-networks', '--json')).stdout)).toMatchObject([
      { id: 'new' },
    ]);
    expect((await alert('preview', 'graph-networks', '--all')).stdout).toContain('graph networks of old');
    const ran = await alert('run', 'graph-networks');
    expect(ran).toMatchObject({ exitCode: 0 });
    expect(ran.stdout).toMatch(/^graph-networks: 1 new paper; next .*\nSent 1 paper to file:.*\n$/);
    expect(JSON.parse(readFileSync(file, 'utf8'))).toMatchObject({ paper: { id: 'new' } });
    expect((await alert('run')).stderr).toBe('Nothing is due.\n');
    expect((await alert('pause', 'graph-networks')).stdout).toBe('Paused graph-networks.\n');
    expect((await alert('list')).stdout).toMatch(/next run +paused/);
    expect(JSON.parse((await alert('list', '--json')).stdout)).toMatchObject([{ messages: { sent: 1 } }]);
    expect((await alert('resume', 'graph-networks')).exitCode).toBe(0);
    expect((await alert('show', 'graph-networks')).stdout).toContain(`1 paper · file:${file} · sent`);
    expect((await alert('remove', 'graph-networks')).stdout).toBe('Removed graph-networks.\n');
    expect((await alert('show', 'graph-networks')).stderr).toContain('There is no alert "graph-networks"');
    expect((await alert()).stderr).toContain('There are no alerts.');
  });

  it('takes filters, and a question with a minus after --', async () => {
    const { dir, alert } = await indexed();
    const made = await alert(
      ...['add', '--to', `file:${dir}/n`, '-c', 'cs', '--from', '2020', '--mode', 'keyword', '--json'],
      ...['--', 'graphs', '-molecule'],
    );
    expect(JSON.parse(made.stdout)).toMatchObject({
      ...{ question: 'graphs -molecule', mode: 'keyword', filter: { categories: ['cs'], from: '2020' } },
    });
  });

  it('says at once what could never be delivered', async () => {
    const { alert } = await indexed();
    const mail = await alert('add', 'graphs', '--to', 'mail:me@example.org');
    expect(mail).toMatchObject({ exitCode: 2, stderr: expect.stringContaining('PHAROS_SMTP') });
    const hook = await alert('add', 'graphs', '--to', 'webhook:https://example.org/');
    expect(hook).toMatchObject({ exitCode: 2, stderr: expect.stringContaining('PHAROS_WEBHOOK_SECRET') });
    const nobody = await alert('add', 'graphs');
    expect(nobody).toMatchObject({ exitCode: 2, stderr: expect.stringContaining('to is missing') });
    expect((await alert('list')).stderr).toContain('There are no alerts.');
  });

  it('fails where a message cannot be delivered, tells why, and shows no secret', async () => {
    const { environment, add } = await indexed();
    const server = createServer((_request, response) => response.writeHead(500).end());
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    onTestFinished(() => void server.close());
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`;
    const secret = 'nobody is to see this one';
    const set = { ...environment, PHAROS_WEBHOOK_SECRET: secret, PHAROS_SMTP_PASSWORD: secret };
    const refused = await runCli(['alert', 'add', 'graphs', '--to', `webhook:${url}`], { environment: set });
    expect(refused).toMatchObject({ exitCode: 2, stderr: expect.stringContaining('private address') });
    const allowed = ['--webhook-host', '127.0.0.1'];
    const made = await runCli(
      ['alert', 'add', 'graphs', '--min-similarity', '0.1', '--to', `webhook:${url}`, ...allowed],
      { environment: set },
    );
    expect(made.exitCode).toBe(0);
    await add('g', 'graphs');
    const ran = await runCli(['alert', 'run', 'graphs', ...allowed], { environment: set });
    expect(ran.exitCode).toBe(1);
    expect(ran.stdout).toContain('answers 500. Tried again later.');
    const listed = await runCli(['alert', 'list'], { environment: set });
    expect(listed.stdout).toMatch(/messages +1 waits/);
    const status = await runCli(['status', '--json'], { environment: set });
    expect(JSON.parse(status.stdout)).toMatchObject({ alerts: { alerts: 1, waiting: 1, dead: 0 } });
    const config = await runCli(['config'], { environment: set });
    const configJson = await runCli(['config', '--json'], { environment: set });
    expect(config.stdout).toMatch(/webhookSecret +\*\*\* +PHAROS_WEBHOOK_SECRET/);
    for (const { stdout, stderr } of [made, ran, listed, config, configJson]) {
      expect(stdout + stderr).not.toContain(secret);
    }
  });

  it('repeats no password of a setting that is wrong', async () => {
    const environment = {
      PHAROS_SMTP: 'smtp://me:sesame@mail.example.org',
      PHAROS_WEBHOOK_SECRET: 'short-one',
    };
    const { exitCode, stderr } = await runCli(['config'], { environment });
    expect(exitCode).toBe(2);
    expect(stderr).toContain('PHAROS_SMTP_PASSWORD');
    expect(stderr).not.toMatch(/sesame|short-one/);
  });

  it('wants an index', async () => {
    const environment = { PHAROS_INDEX: join(tmpdir(), 'pharos-nowhere') };
    expect(await runCli(['alert', 'list'], { environment })).toMatchObject({
      exitCode: 1,
      stderr: expect.stringContaining('There is no index'),
    });
  });
});
