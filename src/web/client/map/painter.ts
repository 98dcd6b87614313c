/**
 * Draws the points with WebGL 2: all of them in one call, those that are lit in a second. Plain, since the libraries for it
 * make code from strings at run time, which the policy of the pages forbids.
 */
import { type Camera, type Size, scaleOf } from './camera.ts';
import type { Points } from './points.ts';

export type Colour = readonly [red: number, green: number, blue: number];

export interface Look {
  readonly by: 'category' | 'year';
  /** By the colour numbers of points. */
  readonly colours: readonly Colour[];
  readonly lit: Colour;
}

const MOST_COLOURS = 16;

const VERTEX = `#version 300 es
layout(location = 0) in vec2 place;
layout(location = 1) in float number;
uniform vec2 middle;
uniform vec2 scale;
uniform float size;
uniform vec3 colours[${MOST_COLOURS}];
out vec3 colour;
void main() {
  gl_Position = vec4((place - middle) * scale, 0.0, 1.0);
  gl_PointSize = size;
  colour = colours[int(number)];
}`;

const FRAGMENT = `#version 300 es
precision mediump float;
in vec3 colour;
uniform float strength;
out vec4 drawn;
void main() {
  float away = length(gl_PointCoord - 0.5);
  float alpha = strength * (1.0 - smoothstep(0.35, 0.5, away));
  drawn = vec4(colour * alpha, alpha);
}`;

export class Painter {
  readonly #gl: WebGL2RenderingContext;
  readonly #program: WebGLProgram;
  readonly #count: number;
  readonly #numbers: Readonly<Record<Look['by'], WebGLBuffer>>;
  readonly #litRows: WebGLBuffer;
  #litCount = 0;

  private constructor(gl: WebGL2RenderingContext, program: WebGLProgram, points: Points) {
    this.#gl = gl;
    this.#program = program;
    this.#count = points.count;
    fill(gl, points.places);
    gl.enableVertexAttribArray(0);
    gl.vertexAttribPointer(0, 2, gl.UNSIGNED_SHORT, false, 0, 0);
    gl.enableVertexAttribArray(1);
    this.#numbers = { category: fill(gl, points.categories), year: fill(gl, points.years) };
    this.#litRows = gl.createBuffer();
    gl.useProgram(program);
    gl.enable(gl.BLEND);
    gl.blendFunc(gl.ONE, gl.ONE_MINUS_SRC_ALPHA);
  }

  /** Undefined where the browser cannot draw so. */
  static on(canvas: HTMLCanvasElement, points: Points): Painter | undefined {
    const gl = canvas.getContext('webgl2', { antialias: false });
    const program = gl && link(gl);
    return gl && program ? new Painter(gl, program, points) : undefined;
  }

  /** Rows of the points that stand out from now on; none, and all are as strong as the others. */
  light(rows: Uint32Array): void {
    const gl = this.#gl;
    this.#litCount = rows.length;
    gl.bindBuffer(gl.ELEMENT_ARRAY_BUFFER, this.#litRows);
    gl.bufferData(gl.ELEMENT_ARRAY_BUFFER, rows, gl.STATIC_DRAW);
  }

  /** `density` is how many pixels of the screen are one of the page. */
  draw(camera: Camera, size: Size & { readonly density: number }, look: Look): void {
    const gl = this.#gl;
    const { width, height, density } = size;
    gl.viewport(0, 0, Math.round(width * density), Math.round(height * density));
    gl.clearColor(0, 0, 0, 0);
    gl.clear(gl.COLOR_BUFFER_BIT);
    const scale = scaleOf(camera, size);
    gl.uniform2f(this.#at('middle'), camera.x, camera.y);
    gl.uniform2f(this.#at('scale'), (2 * scale) / width, (2 * scale) / height);
    const pointSize = density * sizeOf(camera.zoom, this.#count);
    gl.bindBuffer(gl.ARRAY_BUFFER, this.#numbers[look.by]);
    gl.vertexAttribPointer(1, 1, gl.UNSIGNED_BYTE, false, 0, 0);
    const isDimmed = this.#litCount > 0;
    this.#paint(look.colours, { pointSize, strength: isDimmed ? 0.22 : 0.75 });
    gl.drawArrays(gl.POINTS, 0, this.#count);
    if (!isDimmed) return;
    this.#paint(Array(MOST_COLOURS).fill(look.lit), { pointSize: pointSize + 4 * density, strength: 0.95 });
    gl.drawElements(gl.POINTS, this.#litCount, gl.UNSIGNED_INT, 0);
  }

  #paint(colours: readonly Colour[], { pointSize, strength }: { pointSize: number; strength: number }): void {
    const gl = this.#gl;
    const flat = new Float32Array(3 * MOST_COLOURS);
    flat.set(colours.slice(0, MOST_COLOURS).flat());
    gl.uniform3fv(this.#at('colours'), flat);
    gl.uniform1f(this.#at('size'), pointSize);
    gl.uniform1f(this.#at('strength'), strength);
  }

  #at(name: string): WebGLUniformLocation | null {
    return this.#gl.getUniformLocation(this.#program, name);
  }
}

/** In pixels of the page: few points are drawn larger, and all grow as one comes nearer. */
function sizeOf(zoom: number, count: number): number {
  const base = Math.max(2.4, Math.min(9, 11.5 - 1.8 * Math.log10(Math.max(1, count))));
  return Math.min(14, base * zoom ** 0.4);
}

function fill(gl: WebGL2RenderingContext, data: Uint16Array | Uint8Array): WebGLBuffer {
  const buffer = gl.createBuffer();
  gl.bindBuffer(gl.ARRAY_BUFFER, buffer);
  gl.bufferData(gl.ARRAY_BUFFER, data as AllowSharedBufferSource, gl.STATIC_DRAW);
  return buffer;
}

function link(gl: WebGL2RenderingContext): WebGLProgram | undefined {
  const program = gl.createProgram();
  for (const [kind, source] of [
    [gl.VERTEX_SHADER, VERTEX],
    [gl.FRAGMENT_SHADER, FRAGMENT],
  ] as const) {
    const shader = gl.createShader(kind);
    if (!shader) return undefined;
    gl.shaderSource(shader, source);
    gl.compileShader(shader);
    gl.attachShader(program, shader);
  }
  gl.linkProgram(program);
  return gl.getProgramParameter(program, gl.LINK_STATUS) ? program : undefined;
}
