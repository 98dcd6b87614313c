/** The keyboard: `/` to the search box, `j` and `k` through the papers, `o` opens, `e` unfolds, `?` helps. */
const TYPING = 'input, textarea, select, [contenteditable]';

let at = -1;

export function watchKeys(): void {
  document.addEventListener('pharos:results', () => {
    at = -1;
  });
  document.addEventListener('keydown', (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const target = event.target instanceof Element ? event.target : null;
    if (target?.closest(TYPING)) {
      if (event.key === 'Escape' && target instanceof HTMLElement) target.blur();
      return;
    }
    const action = ACTIONS[event.key];
    if (action?.()) event.preventDefault();
  });
}

/** Each says whether it did anything. */
const ACTIONS: Readonly<Record<string, () => boolean>> = {
  '/': () => {
    const box = document.querySelector<HTMLInputElement>('[data-search-form] input[name="q"]');
    box?.focus();
    box?.select();
    return box !== null;
  },
  j: () => go(1),
  k: () => go(-1),
  o: () => {
    const link = titleOf(papers()[at]);
    link?.click();
    return link !== undefined;
  },
  e: () => toggle(papers()[at]?.querySelector('[data-abstract]')),
  c: () => {
    const cite =
      papers()[at]?.querySelector<HTMLElement>('[data-cite]') ??
      document.querySelector<HTMLElement>('[data-cite]');
    cite?.click();
    return cite !== null;
  },
  s: () => {
    const form = (papers()[at] ?? document).querySelector<HTMLFormElement>(
      'article form[data-keep], form[data-keep]',
    );
    form?.requestSubmit();
    return form !== null;
  },
  '?': () => toggle(document.querySelector('[data-help]')),
};

function papers(): HTMLElement[] {
  return [...document.querySelectorAll<HTMLElement>('[data-hits] article')];
}

function titleOf(paper: HTMLElement | undefined): HTMLAnchorElement | undefined {
  return paper?.querySelector<HTMLAnchorElement>('h2 a, h3 a') ?? undefined;
}

function go(step: number): boolean {
  const all = papers();
  const focused = all.findIndex((paper) => paper.contains(document.activeElement));
  if (focused >= 0) at = focused;
  at = Math.min(all.length - 1, Math.max(0, at + step));
  const link = titleOf(all[at]);
  link?.focus();
  all[at]?.scrollIntoView({ block: 'nearest' });
  return link !== undefined;
}

function toggle(details: Element | null | undefined): boolean {
  if (!(details instanceof HTMLDetailsElement)) return false;
  details.open = !details.open;
  return true;
}
