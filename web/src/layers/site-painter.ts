import type { MapPainter } from '../map/engine.js';
import type { SitePoints } from '../store/site-points.js';
import type { GridBox } from '../store/point-grid.js';
import { linkProgram, pixelRatio, shiftMatrix } from './gl-points.js';

const VERTEX = `#version 300 es
uniform mat4 u_matrix;
uniform float u_size;
layout(location = 0) in vec2 a_place;
void main() {
  gl_Position = u_matrix * vec4(a_place, 0.0, 1.0);
  gl_PointSize = u_size;
}`;

const FRAGMENT = `#version 300 es
precision mediump float;
out vec4 colour;
void main() {
  vec2 p = abs(gl_PointCoord * 2.0 - 1.0);
  float edge = max(p.x, p.y);
  if (edge > 0.9) discard;
  colour = vec4(edge > 0.5 ? vec3(0.443, 0.525, 0.608) : vec3(0.059, 0.086, 0.118), 1.0);
}`;

export interface SiteLook {
  readonly sizePx: number;
  /** What is seen, in mercator; undefined where nothing is to be drawn. */
  readonly box: () => GridBox | undefined;
}

/** Draws places that do not move: they lie in the GPU once, and each frame draws the stretches that are seen. */
export class SitePainter implements MapPainter {
  readonly #points: SitePoints;
  readonly #look: SiteLook;
  readonly #matrix = new Float32Array(16);
  #program: WebGLProgram | null = null;
  #buffer: WebGLBuffer | null = null;
  #array: WebGLVertexArrayObject | null = null;

  constructor(points: SitePoints, look: SiteLook) {
    this.#points = points;
    this.#look = look;
  }

  start(gl: WebGL2RenderingContext): void {
    this.#program = linkProgram(gl, VERTEX, FRAGMENT);
    this.#buffer = gl.createBuffer();
    this.#array = gl.createVertexArray();
    gl.bindVertexArray(this.#array);
    gl.bindBuffer(gl.ARRAY_BUFFER, this.#buffer);
    gl.bufferData(gl.ARRAY_BUFFER, this.#points.floats, gl.STATIC_DRAW);
    gl.enableVertexAttribArray(0);
    gl.vertexAttribPointer(0, 2, gl.FLOAT, false, 8, 0);
    gl.bindVertexArray(null);
  }

  paint(gl: WebGL2RenderingContext, matrix: ArrayLike<number>): void {
    const box = this.#look.box();
    if (!this.#program || !box) return;
    const { originX, originY } = this.#points;
    gl.useProgram(this.#program);
    gl.bindVertexArray(this.#array);
    gl.uniformMatrix4fv(
      gl.getUniformLocation(this.#program, 'u_matrix'),
      false,
      shiftMatrix(this.#matrix, matrix, originX, originY),
    );
    gl.uniform1f(gl.getUniformLocation(this.#program, 'u_size'), this.#look.sizePx * pixelRatio(gl));
    for (const { from, count } of this.#points.within(box).stretches) gl.drawArrays(gl.POINTS, from, count);
    gl.bindVertexArray(null);
  }

  end(gl: WebGL2RenderingContext): void {
    gl.deleteProgram(this.#program);
    gl.deleteBuffer(this.#buffer);
    gl.deleteVertexArray(this.#array);
    this.#program = null;
  }
}
