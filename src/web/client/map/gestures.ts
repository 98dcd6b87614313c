/** Moving about the map: by dragging, by the wheel, by two fingers, and by the keyboard. */
import type { Spot } from './camera.ts';

export interface Moves {
  readonly onPan: (moved: Spot) => void;
  readonly onZoom: (factor: number, around?: Spot) => void;
  readonly onWhole: () => void;
  /** Undefined when the pointer leaves. */
  readonly onPoint: (at: Spot | undefined) => void;
  readonly onChoose: (at: Spot, isTouch: boolean) => void;
  /** By the keyboard: what is in the middle is meant, after each move. */
  readonly onAim: () => void;
  readonly onOpen: () => void;
  /** The keyboard went elsewhere. */
  readonly onLeave: () => void;
}

/** Of the pointer between down and up; more is dragging. */
const CLICK_PIXELS = 5;
const KEY_STEP = 60;
const KEY_ZOOM = 1.4;
const WHEEL_SPEED = 0.0018;

/** Keys are those of the element around the canvas, which has the focus. */
export function watchGestures(canvas: HTMLCanvasElement, moves: Moves): void {
  watchPointers(canvas, moves);
  canvas.addEventListener(
    'wheel',
    (event) => {
      event.preventDefault();
      moves.onZoom(Math.exp(-event.deltaY * WHEEL_SPEED), { x: event.offsetX, y: event.offsetY });
    },
    { passive: false },
  );
  if (canvas.parentElement) watchKeys(canvas.parentElement, moves);
}

function watchKeys(stage: HTMLElement, moves: Moves): void {
  const keys = keyMoves(moves);
  stage.addEventListener('keydown', (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const move = keys[event.key];
    if (!move) return;
    event.preventDefault();
    move();
    if (event.key !== 'Enter') moves.onAim();
  });
  stage.addEventListener('focus', () => {
    if (stage.matches(':focus-visible')) moves.onAim();
  });
  stage.addEventListener('blur', moves.onLeave);
}

function keyMoves({ onPan, onZoom, onWhole, onOpen }: Moves): Readonly<Record<string, () => void>> {
  return {
    Enter: onOpen,
    ArrowLeft: () => onPan({ x: KEY_STEP, y: 0 }),
    ArrowRight: () => onPan({ x: -KEY_STEP, y: 0 }),
    ArrowUp: () => onPan({ x: 0, y: KEY_STEP }),
    ArrowDown: () => onPan({ x: 0, y: -KEY_STEP }),
    '+': () => onZoom(KEY_ZOOM),
    '=': () => onZoom(KEY_ZOOM),
    '-': () => onZoom(1 / KEY_ZOOM),
    '0': onWhole,
    Home: onWhole,
  };
}

function watchPointers(canvas: HTMLCanvasElement, moves: Moves): void {
  const held = new Map<number, Spot>();
  let travelled = 0;
  const spotOf = ({ offsetX, offsetY }: PointerEvent): Spot => ({ x: offsetX, y: offsetY });
  canvas.addEventListener('pointerdown', (event) => {
    if (event.button !== 0) return;
    canvas.setPointerCapture(event.pointerId);
    if (held.size === 0) travelled = 0;
    held.set(event.pointerId, spotOf(event));
  });
  canvas.addEventListener('pointermove', (event) => {
    const before = held.get(event.pointerId);
    const now = spotOf(event);
    if (!before) {
      moves.onPoint(now);
      return;
    }
    const others = [...held].filter(([id]) => id !== event.pointerId).map(([, spot]) => spot);
    held.set(event.pointerId, now);
    travelled += distance(before, now);
    const [other] = others;
    if (other) pinch({ before, now, other }, moves);
    else if (travelled > CLICK_PIXELS) moves.onPan({ x: now.x - before.x, y: now.y - before.y });
  });
  canvas.addEventListener('pointerup', (event) => {
    if (!held.delete(event.pointerId) || held.size > 0 || travelled > CLICK_PIXELS) return;
    moves.onChoose(spotOf(event), event.pointerType === 'touch');
  });
  canvas.addEventListener('pointercancel', ({ pointerId }) => held.delete(pointerId));
  canvas.addEventListener('pointerleave', ({ pointerType }) => {
    if (pointerType !== 'touch') moves.onPoint(undefined);
  });
}

/** One of two fingers moved: the map follows their middle and their distance. */
function pinch({ before, now, other }: Record<'before' | 'now' | 'other', Spot>, moves: Moves): void {
  const middle = { x: (now.x + other.x) / 2, y: (now.y + other.y) / 2 };
  moves.onPan({ x: (now.x - before.x) / 2, y: (now.y - before.y) / 2 });
  moves.onZoom(distance(now, other) / Math.max(1, distance(before, other)), middle);
}

function distance(a: Spot, b: Spot): number {
  return Math.hypot(a.x - b.x, a.y - b.y);
}
