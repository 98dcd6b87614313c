/** A small file replaced as a whole: after a crash at any instant it is what it was or what it was to be. */
import { open, rename } from 'node:fs/promises';

/** Two that replace one file at once do not mix it up, but one of them is lost. */
export async function replaceFile(path: string, text: string): Promise<void> {
  const temporary = `${path}.${process.pid}.tmp`;
  const file = await open(temporary, 'w');
  try {
    await file.writeFile(text);
    await file.sync();
  } finally {
    await file.close();
  }
  await rename(temporary, path);
}
