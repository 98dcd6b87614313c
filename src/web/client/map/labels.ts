/** The names of regions over the picture: as many as fit without lying on each other, the largest regions first. */
import { type Camera, type Size, type Spot, toScreen } from './camera.ts';

export interface Label extends Spot {
  readonly text: string;
}

interface Drawn extends Spot {
  readonly element: HTMLElement;
  readonly width: number;
  readonly height: number;
}

export class Labels {
  readonly #drawn: readonly Drawn[];

  constructor(layer: HTMLElement, labels: readonly Label[]) {
    const elements = labels.map(({ text }) => {
      const element = document.createElement('span');
      element.textContent = text;
      return element;
    });
    layer.replaceChildren(...elements);
    this.#drawn = labels.flatMap(({ x, y }, at) => {
      const element = elements[at];
      return element ? [{ x, y, element, width: element.offsetWidth, height: element.offsetHeight }] : [];
    });
  }

  place(camera: Camera, size: Size): void {
    const taken: Box[] = [];
    for (const { element, width, height, ...spot } of this.#drawn) {
      const { x, y } = toScreen(camera, size, spot);
      const box = { left: x - width / 2, top: y - height / 2, width, height };
      const fits = isInside(box, size) && !taken.some((other) => overlap(box, other));
      element.hidden = !fits;
      if (!fits) continue;
      taken.push(box);
      element.style.transform = `translate(${Math.round(box.left)}px, ${Math.round(box.top)}px)`;
    }
  }
}

interface Box {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

function isInside({ left, top, width, height }: Box, size: Size): boolean {
  return left >= 0 && top >= 0 && left + width <= size.width && top + height <= size.height;
}

function overlap(a: Box, b: Box): boolean {
  const isApart =
    a.left + a.width < b.left ||
    b.left + b.width < a.left ||
    a.top + a.height < b.top ||
    b.top + b.height < a.top;
  return !isApart;
}
