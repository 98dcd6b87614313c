/** What a page makes a browser fetch: how many files, and their bytes as they travel. */
import { gzipSync } from 'node:zlib';

export interface PageWeight {
  /** The page itself and what it names; the map asks for its points besides. */
  readonly requests: number;
  /** Bytes after gzip. */
  readonly html: number;
  readonly scripts: number;
  readonly styles: number;
}

const NAMED = /(?:src|href)="(\/assets\/[\w.-]+\.(js|css))"/g;

/** `url` is that of the server. */
export async function weighPage(url: string, path: string): Promise<PageWeight> {
  const html = await (await fetch(url + path, { headers: { accept: 'text/html' } })).text();
  const sizes = { js: 0, css: 0 };
  let requests = 1;
  for (const [, address = '', kind = 'js'] of html.matchAll(NAMED)) {
    requests += 1;
    sizes[kind as keyof typeof sizes] += zipped(await (await fetch(url + address)).text());
  }
  return { requests, html: zipped(html), scripts: sizes.js, styles: sizes.css };
}

function zipped(text: string): number {
  return gzipSync(text).length;
}
