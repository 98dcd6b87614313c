/** Runs the Python in which the clients are installed; `.ci/run` makes one and names it in PAPER_CLIENTS_PYTHON. */
import { execFile } from 'node:child_process';
import { dirname } from 'node:path';
import { promisify } from 'node:util';

export const PYTHON = process.env.PAPER_CLIENTS_PYTHON;

const run = promisify(execFile);

/** What is printed. Rejects with what went wrong, traceback and all. */
export async function runPython(args: readonly string[], url: string): Promise<string> {
  return (await run(PYTHON ?? '', [...args], { env: environment(url) })).stdout;
}

/** Lines of a shell in which the programs of the clients are found. `address` stands for the server in them. */
export async function runShell(lines: string, url: string, address = url): Promise<string> {
  const script = lines.replaceAll(address, url);
  return (await run('bash', ['-euc', script], { env: environment(url) })).stdout;
}

function environment(url: string): NodeJS.ProcessEnv {
  const inherited = Object.entries(process.env).filter(([name]) => !/^HF_|_proxy$/i.test(name));
  return {
    ...Object.fromEntries(inherited),
    ...(PYTHON !== undefined && { PATH: `${dirname(PYTHON)}:${process.env.PATH}` }),
    HF_ENDPOINT: url,
    HF_HUB_DISABLE_TELEMETRY: '1',
    HF_HUB_DISABLE_UPDATE_CHECK: '1',
    SERVER: url,
  };
}
