/** Drags a range of years over the histogram; letting go searches in it. A click on one bar stays a link. */
import { show } from './live-search.ts';

export function watchYears(): void {
  let first: string | undefined;
  document.addEventListener('pointerdown', (event) => {
    first = yearAt(event);
    if (first !== undefined) mark(first, first);
  });
  document.addEventListener('pointermove', (event) => {
    const last = first === undefined ? undefined : yearAt(event);
    if (first !== undefined && last !== undefined) mark(first, last);
  });
  document.addEventListener('pointerup', (event) => {
    const last = yearAt(event);
    const begun = first;
    first = undefined;
    if (begun === undefined || last === undefined || begun === last) return;
    const address = new URL(location.href);
    const [from, to] = begun < last ? [begun, last] : [last, begun];
    for (const name of ['cursor', 'offset']) address.searchParams.delete(name);
    address.searchParams.set('from', from);
    address.searchParams.set('to', to);
    void show(address, 'push');
  });
  // A link would begin to be dragged away itself.
  document.addEventListener('dragstart', (event) => {
    if (event.target instanceof Element && event.target.closest('[data-years]')) event.preventDefault();
  });
}

function yearAt({ clientX, clientY }: PointerEvent): string | undefined {
  const bar = document.elementFromPoint(clientX, clientY)?.closest<SVGElement>('[data-year]');
  return bar?.dataset.year;
}

function mark(a: string, b: string): void {
  const [from, to] = a < b ? [a, b] : [b, a];
  for (const bar of document.querySelectorAll<SVGElement>('[data-year]')) {
    const year = bar.dataset.year ?? '';
    bar.classList.toggle('in-range', year >= from && year <= to);
  }
}
