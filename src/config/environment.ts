/** The one place that reads the environment of the process. Everything else is handed what it needs. */

export type Environment = Readonly<Record<string, string | undefined>>;

export function readEnvironment(): Environment {
  return process.env;
}
