/**
 * Results as one types: the page of the search is fetched and its list put in place of this one. The address is kept in
 * step, so that Back and reload do what they should; an answer that is no longer waited for is dropped; what is shown
 * stays until the new list is there.
 */
const PAUSE_MS = 180;

let waiting: AbortController | undefined;
let timer: ReturnType<typeof setTimeout> | undefined;

export function watchSearch(): void {
  const results = () => document.querySelector('[data-results]');
  if (!results()) return;
  const form = document.querySelector<HTMLFormElement>('[data-search-form]');
  form?.addEventListener('input', () => {
    clearTimeout(timer);
    const query = new FormData(form).get('q');
    if (typeof query !== 'string' || query.trim() === '') return;
    const address = new URL(location.href);
    for (const name of ['cursor', 'offset']) address.searchParams.delete(name);
    address.searchParams.set('q', query);
    timer = setTimeout(() => void show(address, 'replace'), PAUSE_MS);
  });
  document.addEventListener('change', (event) => {
    const choices =
      event.target instanceof Element ? event.target.closest<HTMLFormElement>('[data-choices]') : null;
    if (choices) void show(addressOf(choices), 'push');
  });
  document.addEventListener('click', (event) => {
    const link =
      event.target instanceof Element ? event.target.closest<HTMLAnchorElement>('[data-more]') : null;
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    void more(link);
  });
  addEventListener('popstate', () => void show(new URL(location.href), 'none'));
}

export function addressOf(form: HTMLFormElement): URL {
  const address = new URL(form.action);
  for (const [name, value] of new FormData(form)) {
    if (typeof value === 'string' && value !== '') address.searchParams.append(name, value);
  }
  return address;
}

/** Shows a search in place of the one that is there. */
export async function show(address: URL, history: 'push' | 'replace' | 'none'): Promise<void> {
  const page = await pageAt(address);
  if (!page) return;
  const [fresh, old] = [page.querySelector('[data-results]'), document.querySelector('[data-results]')];
  if (!fresh || !old) {
    location.assign(address);
    return;
  }
  const isHelpOpen = document.querySelector<HTMLDetailsElement>('[data-help]')?.open ?? false;
  old.replaceWith(fresh);
  const help = document.querySelector<HTMLDetailsElement>('[data-help]');
  if (help) help.open = isHelpOpen;
  document.title = page.title;
  if (history === 'push') window.history.pushState(null, '', address);
  if (history === 'replace') window.history.replaceState(null, '', address);
  if (history === 'none') {
    const box = document.querySelector<HTMLInputElement>('[data-search-form] input[name="q"]');
    if (box) box.value = address.searchParams.get('q') ?? '';
  }
  document.dispatchEvent(new Event('pharos:results'));
}

/** Puts the next page under this one. */
async function more(link: HTMLAnchorElement): Promise<void> {
  const page = await pageAt(new URL(link.href));
  if (!page) return;
  const hits = [...page.querySelectorAll('[data-hits] > li')];
  const first = hits[0]?.querySelector<HTMLAnchorElement>('h2 a');
  document.querySelector('[data-hits]')?.append(...hits);
  const next = page.querySelector('[data-more]');
  if (next) link.replaceWith(next);
  else link.remove();
  first?.focus({ preventScroll: true });
}

/** Undefined where something newer is asked for, or the server does not answer: what is shown stays then. */
async function pageAt(address: URL): Promise<Document | undefined> {
  waiting?.abort();
  const mine = new AbortController();
  waiting = mine;
  try {
    const answer = await fetch(address, { signal: mine.signal, headers: { Accept: 'text/html' } });
    return new DOMParser().parseFromString(await answer.text(), 'text/html');
  } catch {
    return undefined;
  }
}
