/** What a point is: its title beside the pointer, fetched when it is first pointed at. */
import type { Size, Spot } from './camera.ts';

interface Shown {
  readonly id: string;
  readonly title: string;
}

/** A pointer on its way elsewhere asks for nothing. */
const PATIENCE_MS = 70;
const GAP = 14;

export class PaperCard {
  readonly #element: HTMLAnchorElement;
  readonly #known = new Map<number, Promise<Shown | undefined>>();
  #docId = 0;
  #timer = 0;

  constructor(element: HTMLAnchorElement) {
    this.#element = element;
  }

  show(docId: number, { x, y, within }: Spot & { readonly within: Size }): void {
    this.#stand({ x, y }, within);
    if (docId === this.#docId) return;
    this.hide();
    this.#docId = docId;
    this.#timer = window.setTimeout(async () => {
      const paper = await this.#paper(docId);
      if (!paper || docId !== this.#docId) return;
      this.#element.textContent = paper.title;
      this.#element.href = addressOf(paper);
      this.#element.hidden = false;
      this.#stand({ x, y }, within);
    }, PATIENCE_MS);
  }

  hide(): void {
    clearTimeout(this.#timer);
    this.#docId = 0;
    this.#element.hidden = true;
  }

  /** Goes to the page of the paper that is shown, or about to be. */
  async open(): Promise<void> {
    const paper = await this.#paper(this.#docId);
    if (paper) location.assign(addressOf(paper));
  }

  #paper(docId: number): Promise<Shown | undefined> {
    const known = this.#known.get(docId) ?? fetchPaper(docId);
    this.#known.set(docId, known);
    return known;
  }

  /** Beside the pointer, on the side where there is room. */
  #stand({ x, y }: Spot, { width, height }: Size): void {
    const { offsetWidth, offsetHeight, style } = this.#element;
    const left = Math.max(0, Math.min(width - offsetWidth, x + GAP));
    const top = y + GAP + offsetHeight > height ? y - GAP - offsetHeight : y + GAP;
    style.transform = `translate(${Math.round(left)}px, ${Math.round(Math.max(0, top))}px)`;
  }
}

async function fetchPaper(docId: number): Promise<Shown | undefined> {
  const answer = await fetch(`/api/v1/map/paper?docId=${docId}`);
  // It may have been removed since the map was made.
  if (!answer.ok) return undefined;
  return ((await answer.json()) as { paper: Shown }).paper;
}

function addressOf({ id }: Shown): string {
  return `/papers/${id.split('/').map(encodeURIComponent).join('/')}`;
}
