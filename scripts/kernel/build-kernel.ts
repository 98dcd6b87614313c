/**
 * Compiles kernel.wat to WebAssembly and writes it as a TypeScript constant, so that neither a build
 * step nor a binary file is needed to run Pharos. Run after editing the .wat: `npx tsx scripts/kernel/build-kernel.ts`.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import wabtInit from 'wabt';

const folder = new URL('../../src/engine/embedded/', import.meta.url);
const source = new URL('kernel.wat', folder);
const target = new URL('kernel.generated.ts', folder);

/** The text of kernel.generated.ts for the present kernel.wat. */
export async function kernelModuleText(): Promise<string> {
  const wabt = await wabtInit();
  const parsed = wabt.parseWat('kernel.wat', readFileSync(source, 'utf8'), { simd: true, multi_value: true });
  parsed.validate();
  const base64 = Buffer.from(parsed.toBinary({}).buffer).toString('base64');
  parsed.destroy();
  const lines = base64.match(/.{1,100}/g) ?? [];
  return [
    '// Generated from kernel.wat by scripts/kernel/build-kernel.ts; do not edit.',
    'export const KERNEL_BASE64 =',
    ...lines.map((line, at) => `  '${line}'${at === lines.length - 1 ? ';' : ' +'}`),
    '',
  ].join('\n');
}

if (process.argv[1] === fileURLToPath(import.meta.url)) writeFileSync(target, await kernelModuleText());
