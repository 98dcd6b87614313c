import { describe, expect, it } from 'vitest';
import { startTestServer, type TestServer } from './test-server.ts';

async function statusFor({ raw }: TestServer, ...headers: readonly string[]): Promise<string> {
  const answer = await raw(['GET /healthz HTTP/1.1', ...headers, 'Connection: close', '', ''].join('\r\n'));
  return answer.slice('HTTP/1.1 '.length, 'HTTP/1.1 200'.length);
}

describe('the Host header', () => {
  it.each([
    '127.0.0.1',
    '127.0.0.1:7433',
    'localhost',
    'LocalHost:1',
    '[::1]',
    '[::1]:7433',
    'papers.example.org',
    'PAPERS.example.org:443',
    'exact.example:8080',
    '[fe80::1]:80',
  ])('may be %s', async (host) => {
    const server = await startTestServer(
      {},
      { allowedHosts: ['papers.example.org', 'exact.example:8080', 'fe80::1'] },
    );
    expect(await statusFor(server, `Host: ${host}`)).toBe('200');
  });

  it.each([
    'evil.example',
    'evil.example:7433',
    'localhost.evil.example',
    'evil.example@localhost',
    'localhost:80:80',
    'localhost/',
    'localhost, evil.example',
    'exact.example',
    'exact.example:80',
    '127.0.0.1.nip.io',
    '2130706433',
    '[::1',
    '',
  ])('may not be %s', async (host) => {
    const server = await startTestServer({}, { allowedHosts: ['exact.example:8080'] });
    expect(await statusFor(server, `Host: ${host}`)).toBe('403');
  });

  it('may not be missing', async () => {
    expect(await statusFor(await startTestServer())).toBe('403');
  });

  it('may not be there twice, though one of them be right', async () => {
    const server = await startTestServer();
    expect(await statusFor(server, 'Host: localhost', 'Host: evil.example')).toBe('403');
    expect(await statusFor(server, 'Host: localhost', 'host: localhost')).toBe('403');
  });

  it('is refused with a problem that names it', async () => {
    const { raw } = await startTestServer();
    const answer = await raw('GET /api/v1 HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n');
    expect(answer).toContain('application/problem+json');
    expect(JSON.parse(answer.slice(answer.indexOf('\r\n\r\n')))).toMatchObject({
      code: 'HOST_NOT_ALLOWED',
      status: 403,
      detail: 'This server does not answer under the name "evil.example".',
    });
  });
});
