/** A reader that answers the same question from memory: runs over one collection mostly ask the same. */
import type { EngineReader } from '../../src/engine/engine.ts';

const REMEMBERED = new Set<PropertyKey>([
  'lexical',
  'semantic',
  'similarities',
  'statistics',
  'lookup',
  'sameWorks',
]);

export function remembering(engine: EngineReader): EngineReader {
  const answers = new Map<string, unknown>();
  return new Proxy(engine, {
    get(target, name) {
      const method: unknown = Reflect.get(target, name, target);
      if (typeof method !== 'function') return method;
      if (!REMEMBERED.has(name)) return method.bind(target);
      return (...args: unknown[]) => {
        const key = `${String(name)} ${args.map(keyOf).join(' ')}`;
        if (!answers.has(key)) answers.set(key, method.apply(target, args));
        return answers.get(key);
      };
    },
  });
}

function keyOf(value: unknown): string {
  return ArrayBuffer.isView(value) ? String(value) : JSON.stringify(value);
}
