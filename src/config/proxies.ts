/** The proxies that the environment names, as curl and most programs read them: lower case first. */
import type { Environment } from './environment.ts';

export interface Proxies {
  readonly httpProxy: string;
  readonly httpsProxy: string;
  /** Hosts that are asked directly, separated by commas. */
  readonly noProxy: string;
}

/** Empty where there is none. Without one for https, the one for all connections is taken. */
export function proxiesIn(environment: Environment): Proxies {
  const read = (name: string) => environment[name] || environment[name.toUpperCase()] || '';
  const any = read('all_proxy');
  return {
    httpProxy: read('http_proxy') || any,
    httpsProxy: read('https_proxy') || any,
    noProxy: read('no_proxy'),
  };
}
