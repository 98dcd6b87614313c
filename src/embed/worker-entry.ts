/**
 * Starts a worker on a module of this package, compiled or not. From sources (development and tests) Node 20 cannot
 * run TypeScript in a worker, so tsx is registered there first; the published package neither has nor needs it.
 */
import { Worker, type WorkerOptions } from 'node:worker_threads';

/** `name` is a module beside this one, without its extension. */
export function startWorker(name: string, options: WorkerOptions): Worker {
  const isSource = import.meta.url.endsWith('.ts');
  const entry = new URL(`${name}.${isSource ? 'ts' : 'js'}`, import.meta.url);
  return new Worker(isSource ? viaTsx(entry) : entry, options);
}

function viaTsx(entry: URL): URL {
  const tsx = import.meta.resolve('tsx/esm/api');
  const script = `
    import { register } from ${JSON.stringify(tsx)};
    register();
    await import(${JSON.stringify(entry.href)});`;
  return new URL(`data:text/javascript,${encodeURIComponent(script)}`);
}
