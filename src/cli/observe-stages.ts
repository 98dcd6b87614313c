/** An object whose methods tell how long they took: for the metrics of a server, without a line in what is measured. */

export type ObserveStage = (stage: string, ms: number) => void;

/** The same object to whoever calls it; `stages` gives the methods that are timed their names. */
export function observeStages<T extends object>(
  target: T,
  stages: Readonly<Partial<Record<keyof T, string>>>,
  observe: ObserveStage,
): T {
  const bound = new Map<PropertyKey, unknown>();
  return new Proxy(target, {
    get(from, name) {
      const known = bound.get(name);
      if (known !== undefined) return known;
      const value: unknown = Reflect.get(from, name, from);
      if (typeof value !== 'function') return value;
      const stage = stages[name as keyof T];
      const method = stage === undefined ? value.bind(from) : timed(value.bind(from), stage, observe);
      bound.set(name, method);
      return method;
    },
  });
}

function timed(method: (...given: unknown[]) => Promise<unknown>, stage: string, observe: ObserveStage) {
  return async (...given: unknown[]) => {
    const startedAt = performance.now();
    try {
      return await method(...given);
    } finally {
      observe(stage, performance.now() - startedAt);
    }
  };
}
