/**
 * ONNX Runtime 1.29 and later reports its use to Microsoft from Linux and macOS too, and keeps a device id and a queue
 * of events under ~/.cache, unless ORT_DISABLE_TELEMETRY is set before its library starts. Pharos sends nothing
 * anywhere. The library asks getenv, so the variable must be in the environment of the process: a worker's own
 * copy does not reach it. Nothing is read here; reading the environment is the business of `config`.
 */
import { env } from 'node:process';

export function silenceRuntime(): void {
  env.ORT_DISABLE_TELEMETRY = '1';
}
