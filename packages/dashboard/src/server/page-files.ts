import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { extname } from 'node:path';
import { pageStyle } from './page-style.ts';

/** A file of the page. */
export interface PageFile {
  readonly contentType: string;
  readonly content: string | Uint8Array;
  /** As it is compared by a browser that has it: a digest. */
  readonly etag: string;
}

/** In the workspace, the package is its sources; installed, it is JavaScript. */
const isSource = extname(import.meta.filename) === '.ts';

const shell = `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1"><meta name="color-scheme" content="light dark"><title>Headwater</title><link rel="icon" href="/icon.svg"><link rel="stylesheet" href="/page.css"><script type="module" src="/page.js"></script></head><body><div id="app"></div><noscript><p>This page needs JavaScript. headwater dashboard --out report.html writes a report that needs none.</p></noscript></body></html>
`;

const icon =
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 22 22" fill="none" stroke="#0a6570" stroke-width="2.4" stroke-linecap="round"><path d="M11 2v6M11 8C11 13 3 12 3 20M11 8c0 5 8 4 8 12M11 8v12"/></svg>';

/**
 * The files of the page, by their path. Published, the script is beside this file; from sources, which have no build, it is bundled now,
 * in memory, which takes some tens of milliseconds.
 */
export async function pageFiles(): Promise<ReadonlyMap<string, PageFile>> {
  const script = isSource
    ? await (await import('../bundle/bundle-page.ts')).bundlePage()
    : await readFile(new URL('../page/page.js', import.meta.url));
  const file = (contentType: string, content: string | Uint8Array): PageFile => ({
    contentType,
    content,
    etag: `"${createHash('sha256').update(content).digest('base64url').slice(0, 27)}"`,
  });
  return new Map([
    ['/', file('text/html; charset=utf-8', shell)],
    ['/page.js', file('text/javascript; charset=utf-8', script)],
    ['/page.css', file('text/css; charset=utf-8', pageStyle)],
    ['/icon.svg', file('image/svg+xml', icon)],
  ]);
}
