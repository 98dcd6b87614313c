/** Which part of the map is seen: turns places of the map into places of the screen and back. Immutable. */

export interface Size {
  readonly width: number;
  readonly height: number;
}

export interface Spot {
  readonly x: number;
  readonly y: number;
}

/** The side of the map, in its own units; y grows upwards, on the screen downwards. */
const SIDE = 65_535;
const MARGIN = 0.04;
/** The narrowest part of the map that can be seen is its side through this. */
const MOST_ZOOM = 120;

export interface Camera {
  /** The place of the map in the middle of the screen. */
  readonly x: number;
  readonly y: number;
  /** 1 shows all of the map. */
  readonly zoom: number;
}

export const WHOLE: Camera = { x: SIDE / 2, y: SIDE / 2, zoom: 1 };

/** Screen pixels for one unit of the map. */
export function scaleOf({ zoom }: Camera, { width, height }: Size): number {
  return (zoom * Math.min(width, height) * (1 - 2 * MARGIN)) / SIDE;
}

export function toScreen(camera: Camera, size: Size, { x, y }: Spot): Spot {
  const scale = scaleOf(camera, size);
  return { x: size.width / 2 + (x - camera.x) * scale, y: size.height / 2 - (y - camera.y) * scale };
}

export function toMap(camera: Camera, size: Size, { x, y }: Spot): Spot {
  const scale = scaleOf(camera, size);
  return { x: camera.x + (x - size.width / 2) / scale, y: camera.y - (y - size.height / 2) / scale };
}

export function panned(camera: Camera, size: Size, moved: Spot): Camera {
  const scale = scaleOf(camera, size);
  return bounded({ ...camera, x: camera.x - moved.x / scale, y: camera.y + moved.y / scale });
}

/** What is under `around`, a place of the screen, stays there. */
export function zoomed(
  camera: Camera,
  size: Size,
  { factor, around }: { factor: number; around: Spot },
): Camera {
  const fixed = toMap(camera, size, around);
  const zoom = Math.max(1, Math.min(MOST_ZOOM, camera.zoom * factor));
  const ratio = camera.zoom / zoom;
  return bounded({
    x: fixed.x + (camera.x - fixed.x) * ratio,
    y: fixed.y + (camera.y - fixed.y) * ratio,
    zoom,
  });
}

/** Between two cameras; `share` from 0 to 1. Zooms by equal factors in equal times. */
export function between(from: Camera, to: Camera, share: number): Camera {
  const mix = (a: number, b: number) => a + (b - a) * share;
  return { x: mix(from.x, to.x), y: mix(from.y, to.y), zoom: from.zoom * (to.zoom / from.zoom) ** share };
}

function bounded({ x, y, zoom }: Camera): Camera {
  const within = (value: number) => Math.max(0, Math.min(SIDE, value));
  return { x: within(x), y: within(y), zoom };
}
