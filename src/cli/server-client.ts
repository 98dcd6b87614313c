/** A running server in the place of an index on this machine: asking it, and telling what it says against it. */
import type { PatientOptions, PharosClient } from '../client/entry.ts';
import { PharosProblem } from '../client/pharos-problem.ts';
import type { Settings } from '../config/settings.ts';
import { AppError } from '../fault/app-error.ts';
import { FAULTS, type FaultCode } from '../fault/codes.ts';
import type { Io } from './io.ts';

/** What a person at this end can do about it; of other codes the server's own word is the best. */
const REMEDIES: Readonly<Partial<Record<string, string>>> = {
  KEY_REQUIRED: 'Put a key of that server that may write into PHAROS_KEY.',
  KEY_UNKNOWN: 'Put a key of that server into PHAROS_KEY; the one that is there is none, or was revoked.',
  SCOPE_TOO_SMALL: 'Put a key that may write into PHAROS_KEY; the one that is there may not.',
  INDEX_LOCKED: 'Wait for it to finish, or use --wait.',
  RATE_LIMITED: 'Try again later; the owner of the server can allow more with --rate-limit.',
  TIMEOUT: 'Run the same command again; what was stored is kept.',
  HOST_NOT_ALLOWED: 'Let the server answer to this name with --allow-host, there.',
  ROUTE_NOT_FOUND: 'Check the address in --server; what answers there takes no papers.',
  METHOD_NOT_ALLOWED: 'Check the address in --server; what answers there takes no papers.',
};

/** Rejects with AppErrors only, whatever the server or the way to it says. The key is in none of them. */
export async function throughServer<T>(
  address: string,
  { key }: Pick<Settings, 'key'>,
  use: (client: PharosClient) => Promise<T>,
): Promise<T> {
  const { PharosClient } = await import('../client/pharos-client.ts');
  try {
    return await use(new PharosClient({ url: address, key }));
  } catch (error) {
    throw error instanceof PharosProblem ? asAppError(error, address) : error;
  }
}

/** Waits for as long as another process writes, where that was asked for, and always while the allowance is used up. */
export function patience(io: Io, isPatient: boolean): Pick<PatientOptions, 'patienceMs' | 'onWait'> {
  let told = '';
  return {
    patienceMs: isPatient ? Number.POSITIVE_INFINITY : 120_000,
    onWait: (problem) => {
      if (problem.code === 'INDEX_LOCKED' && !isPatient) throw problem;
      if (problem.message !== told) io.stderr.write(`The server says: ${problem.message} Waiting.\n`);
      told = problem.message;
    },
  };
}

function asAppError(problem: PharosProblem, address: string): AppError {
  const { code, message, issues, status, requestId } = problem;
  const isServers = code in FAULTS && (status ?? 0) !== 500;
  const place = requestId === undefined ? '' : ` (request ${requestId} in its log)`;
  const remedy = REMEDIES[code] ?? (isServers ? problem.remedy : FAULTS.SERVER_FAILED.remedy);
  return new AppError(
    isServers ? (code as FaultCode) : 'SERVER_FAILED',
    { message: `${address}: ${message}${isServers ? '' : place}`, remedy, issues },
    { cause: problem },
  );
}
