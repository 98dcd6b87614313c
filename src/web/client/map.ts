/** `/map`: the picture over the list of regions. Loaded on that page alone. */
import {
  between,
  type Camera,
  panned,
  type Spot,
  scaleOf,
  toMap,
  toScreen,
  WHOLE,
  zoomed,
} from './map/camera.ts';
import { watchGestures } from './map/gestures.ts';
import { Labels } from './map/labels.ts';
import { lookOf, watchLook } from './map/look.ts';
import { Painter } from './map/painter.ts';
import { PaperCard } from './map/paper-card.ts';
import { decodePoints, PointGrid, type Points } from './map/points.ts';

/** How far from a point a pointer may be, in pixels. */
const REACH = 9;
const TOUCH_REACH = 20;
/** How far from the middle of the picture the keyboard reaches, as a share of its shorter side. */
const AIM_REACH = 0.35;
const FLIGHT_MS = 350;
const REGION_ZOOM = 5;
const BUTTON_ZOOM = 1.6;

interface Parts {
  readonly canvas: HTMLCanvasElement;
  readonly labels: HTMLElement;
  readonly card: HTMLAnchorElement;
  readonly aim: HTMLElement;
}

class MapView {
  readonly #canvas: HTMLCanvasElement;
  readonly #points: Points;
  readonly #grid: PointGrid;
  #painter: Painter;
  readonly #labels: Labels;
  readonly #card: PaperCard;
  readonly #aimed: HTMLElement;
  #litRows = new Uint32Array();
  #camera: Camera = WHOLE;
  #look = lookOf();
  #frame = 0;
  #flight = 0;

  constructor({ canvas, labels, card, aim }: Parts, points: Points, painter: Painter) {
    this.#canvas = canvas;
    this.#points = points;
    this.#grid = new PointGrid(points);
    this.#painter = painter;
    this.#card = new PaperCard(card);
    this.#aimed = aim;
    this.#labels = new Labels(labels, regionLinks().map(spotOfLink));
    new ResizeObserver(() => this.#resize()).observe(canvas);
    watchLook(() => {
      this.#look = lookOf();
      this.#ask();
    });
    this.#watchLoss();
    watchGestures(canvas, {
      onPan: (moved) => this.#move(panned(this.#camera, this.#size, moved)),
      onZoom: (factor, around) => this.zoom(factor, around),
      onWhole: () => this.fly(WHOLE),
      onPoint: (at) => this.#point(at, REACH),
      onChoose: (at, isTouch) => this.#choose(at, isTouch),
      onAim: () => this.#aim(),
      onOpen: () => void this.#card.open(),
      onLeave: () => this.#leave(),
    });
  }

  get #size() {
    const { clientWidth: width, clientHeight: height } = this.#canvas;
    return { width, height, density: devicePixelRatio };
  }

  light(docIds: readonly number[]): void {
    const wanted = new Set(docIds);
    const rows = [...this.#points.docIds.keys()].filter((row) => wanted.has(this.#points.docIds[row] ?? 0));
    this.#litRows = Uint32Array.from(rows);
    this.#painter.light(this.#litRows);
    this.#ask();
  }

  zoom(factor: number, around: Spot = { x: this.#size.width / 2, y: this.#size.height / 2 }): void {
    this.#move(zoomed(this.#camera, this.#size, { factor, around }));
  }

  fly(to: Camera): void {
    cancelAnimationFrame(this.#flight);
    this.#rest();
    const from = this.#camera;
    const startMs = performance.now();
    const isStill = matchMedia('(prefers-reduced-motion: reduce)').matches;
    const step = () => {
      const share = isStill ? 1 : Math.min(1, (performance.now() - startMs) / FLIGHT_MS);
      this.#camera = between(from, to, share * (2 - share));
      this.#ask();
      if (share < 1) this.#flight = requestAnimationFrame(step);
    };
    step();
  }

  #move(camera: Camera): void {
    cancelAnimationFrame(this.#flight);
    this.#camera = camera;
    this.#rest();
    this.#ask();
  }

  /** Nothing is pointed at. */
  #rest(): void {
    this.#card.hide();
    this.#aimed.hidden = true;
  }

  /** A finger that goes to the card takes the focus with it, and needs the card. */
  #leave(): void {
    if (!this.#aimed.hidden) this.#rest();
  }

  /** Points at the paper that is nearest to the middle. */
  #aim(): void {
    const { width, height } = this.#size;
    const row = this.#rowAt({ x: width / 2, y: height / 2 }, AIM_REACH * Math.min(width, height));
    this.#rest();
    if (row === undefined) return;
    const { places, docIds } = this.#points;
    const spot = { x: places[2 * row] ?? 0, y: places[2 * row + 1] ?? 0 };
    const at = toScreen(this.#camera, this.#size, spot);
    this.#aimed.style.transform = `translate(${Math.round(at.x)}px, ${Math.round(at.y)}px)`;
    this.#aimed.hidden = false;
    this.#card.show(docIds[row] ?? 0, { ...at, within: this.#size });
  }

  /** A browser may take the graphics card away, from a page in the background above all, and give it back. */
  #watchLoss(): void {
    this.#canvas.addEventListener('webglcontextlost', (event) => event.preventDefault());
    this.#canvas.addEventListener('webglcontextrestored', () => {
      this.#painter = Painter.on(this.#canvas, this.#points) ?? this.#painter;
      this.#painter.light(this.#litRows);
      this.#ask();
    });
  }

  #rowAt(at: Spot, reach: number): number | undefined {
    const { x, y } = toMap(this.#camera, this.#size, at);
    return this.#grid.nearest(x, y, reach / scaleOf(this.#camera, this.#size));
  }

  #point(at: Spot | undefined, reach: number): number | undefined {
    const row = at && this.#rowAt(at, reach);
    this.#aimed.hidden = true;
    this.#canvas.classList.toggle('over', row !== undefined);
    if (row === undefined || !at) this.#card.hide();
    else this.#card.show(this.#points.docIds[row] ?? 0, { ...at, within: this.#size });
    return row;
  }

  /** A finger has no hovering: it shows the paper, whose card is the link. */
  #choose(at: Spot, isTouch: boolean): void {
    const row = this.#point(at, isTouch ? TOUCH_REACH : REACH);
    if (row !== undefined && !isTouch) void this.#card.open();
  }

  #resize(): void {
    const { width, height, density } = this.#size;
    this.#canvas.width = Math.round(width * density);
    this.#canvas.height = Math.round(height * density);
    this.#ask();
  }

  #ask(): void {
    if (this.#frame !== 0) return;
    this.#frame = requestAnimationFrame(() => {
      this.#frame = 0;
      this.#painter.draw(this.#camera, this.#size, this.#look);
      this.#labels.place(this.#camera, this.#size);
    });
  }
}

function regionLinks(): HTMLAnchorElement[] {
  return [...document.querySelectorAll<HTMLAnchorElement>('[data-region]')];
}

function spotOfLink({ dataset, firstChild }: HTMLAnchorElement) {
  return { x: Number(dataset.x), y: Number(dataset.y), text: firstChild?.textContent ?? '' };
}

function watchRegions(view: MapView): void {
  for (const link of regionLinks()) {
    const { x, y } = spotOfLink(link);
    link.addEventListener('focus', () => view.fly({ x, y, zoom: REGION_ZOOM }));
  }
}

function watchButtons(view: MapView): void {
  const on = (name: string, act: () => void) =>
    document.querySelector(`[data-map-${name}]`)?.addEventListener('click', act);
  on('nearer', () => view.zoom(BUTTON_ZOOM));
  on('farther', () => view.zoom(1 / BUTTON_ZOOM));
  on('whole', () => view.fly(WHOLE));
}

async function start(picture: HTMLElement): Promise<boolean> {
  const canvas = picture.querySelector('canvas');
  const labels = picture.querySelector<HTMLElement>('[data-map-labels]');
  const card = picture.querySelector<HTMLAnchorElement>('[data-map-card]');
  const aim = picture.querySelector<HTMLElement>('[data-map-aim]');
  if (!canvas || !labels || !card || !aim) return false;
  const answer = await fetch('/api/v1/map/points');
  if (!answer.ok) return false;
  const points = decodePoints(await answer.arrayBuffer());
  const painter = Painter.on(canvas, points);
  if (!painter) return false;
  const view = new MapView({ canvas, labels, card, aim }, points, painter);
  watchRegions(view);
  watchButtons(view);
  const lit = picture.dataset.lit?.split(',').map(Number) ?? [];
  if (lit.length > 0) view.light(lit);
  return true;
}

const picture = document.querySelector<HTMLElement>('[data-map]');
if (picture && !(await start(picture))) {
  picture.hidden = true;
  document.querySelector('[data-map-unable]')?.removeAttribute('hidden');
}
