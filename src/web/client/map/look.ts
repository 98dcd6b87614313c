/** The colours of the map: from the tokens of the style sheet, so they follow the theme, and by what is chosen. */
import type { Colour, Look } from './painter.ts';

const NUMBERS = 10;

export function lookOf(): Look {
  const styles = getComputedStyle(document.documentElement);
  const colour = (name: string) => parseColour(styles.getPropertyValue(`--${name}`).trim());
  const chosen = document.querySelector<HTMLInputElement>('[data-map-by]:checked')?.value;
  const by = chosen === 'year' ? 'year' : 'category';
  const prefix = by === 'year' ? 'map-year' : 'map';
  return {
    by,
    colours: Array.from({ length: NUMBERS }, (_, number) => colour(`${prefix}-${number}`)),
    lit: colour('map-lit'),
  };
}

/** Told when the theme or the choice changed; legends follow the choice. */
export function watchLook(onChange: () => void): void {
  new MutationObserver(onChange).observe(document.documentElement, { attributeFilter: ['data-theme'] });
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', onChange);
  for (const choice of document.querySelectorAll('[data-map-by]'))
    choice.addEventListener('change', onChange);
}

/** `#rrggbb`; black for anything else. */
function parseColour(text: string): Colour {
  const part = (at: number) => Number.parseInt(text.slice(at, at + 2), 16) / 255 || 0;
  return [part(1), part(3), part(5)];
}
