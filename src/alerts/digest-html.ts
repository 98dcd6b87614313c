/**
 * A digest as HTML. Titles and names come from anywhere, so all text is escaped, and only addresses of the web become
 * links. No images, no scripts, nothing fetched: opening the mail tells nobody anything.
 */
import { webAddress } from '../paper/web-address.ts';
import type { Digest, DigestPaper } from './digest.ts';
import { bylineOf, type DigestLinks, stopHint, subjectOf } from './digest-text.ts';

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};
const FAINT = 'color:#666;font-size:13px';

/** Safe in text and in attributes between quotation marks. */
export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => ENTITIES[character] ?? '');
}

export function digestHtml(digest: Digest, links: DigestLinks): string {
  const subject = escapeHtml(subjectOf(digest));
  const papers = digest.papers.map(paperHtml).join('\n');
  return `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><title>${subject}</title></head>
<body style="font-family:sans-serif;max-width:40em;margin:1em auto;padding:0 1em">
<h1 style="font-size:18px">${subject}</h1>
<ol style="padding-left:1.5em">
${papers}
</ol>
<p style="${FAINT}">${footer(digest, links)}</p>
</body>
</html>
`;
}

function paperHtml(paper: DigestPaper): string {
  const { similarity, passage } = paper;
  const parts = [
    `<strong>${titleHtml(paper)}</strong>`,
    `<span style="${FAINT}">${escapeHtml(bylineOf(paper))}</span>`,
    ...(passage === null ? [] : [escapeHtml(passage)]),
    ...(similarity === null ? [] : [`<span style="${FAINT}">similarity ${similarity.toFixed(2)}</span>`]),
  ];
  return `<li style="margin-bottom:1em">${parts.join('<br>\n')}</li>`;
}

function titleHtml({ title, url }: DigestPaper): string {
  const address = webAddress(url);
  const text = escapeHtml(title);
  return address === undefined ? text : `<a href="${escapeHtml(address)}">${text}</a>`;
}

function footer(digest: Digest, { unsubscribe }: DigestLinks): string {
  const sender = `Sent by Pharos for the alert &quot;${escapeHtml(digest.alert.id)}&quot;.`;
  const stop =
    unsubscribe === undefined
      ? `To stop: <code>${escapeHtml(stopHint(digest))}</code>`
      : `<a href="${escapeHtml(unsubscribe)}">Stop these mails</a>`;
  return `${sender} ${stop}`;
}
