import type { MapPainter } from '../map/engine.js';
import type { Fleet } from '../store/fleet.js';
import { FLOATS_PER_TEAM } from '../store/fleet-tick.js';
import { linkProgram, pixelRatio, shiftMatrix } from './gl-points.js';
import { TEAM_COLOUR, TEAM_GROUP_ORDER } from '../store/team-looks.js';

const VERTEX = `#version 300 es
uniform mat4 u_matrix;
uniform float u_done;
uniform float u_size;
layout(location = 0) in vec4 a_step;
layout(location = 1) in vec3 a_look;
flat out vec3 v_look;
void main() {
  gl_Position = u_matrix * vec4(mix(a_step.xy, a_step.zw, u_done), 0.0, 1.0);
  gl_PointSize = u_size;
  v_look = a_look;
}`;

// Shapes are distances to an edge: negative inside. The arrow stands outside of the body, in the heading's direction.
const FRAGMENT = `#version 300 es
precision highp float;
uniform vec3 u_colours[${TEAM_GROUP_ORDER.length}];
flat in vec3 v_look;
out vec4 colour;

float box(vec2 p, vec2 half_size, float round_by) {
  vec2 q = abs(p) - half_size + round_by;
  return length(max(q, 0.0)) + min(max(q.x, q.y), 0.0) - round_by;
}
float triangle(vec2 p, float size) {
  p.y = -p.y;
  return max(abs(p.x) * 0.866 + p.y * 0.5, -p.y) - size * 0.5;
}
float body(vec2 p, int shape) {
  if (shape == 0) return box(p, vec2(0.46, 0.46), 0.14);
  if (shape == 1) return length(p) - 0.46;
  if (shape == 2) return triangle(p - vec2(0.0, 0.08), 0.62);
  if (shape == 3) return (abs(p.x) + abs(p.y)) * 0.7071 - 0.44;
  return abs(length(p) - 0.36) - 0.16;
}
void main() {
  vec2 p = gl_PointCoord * 2.0 - 1.0;
  float inside = body(p, int(v_look.y + 0.5));
  if (v_look.x >= 0.0) {
    float turn = radians(v_look.x);
    vec2 q = mat2(cos(turn), sin(turn), -sin(turn), cos(turn)) * p;
    q = vec2(q.x, q.y + 0.72);
    inside = min(inside, triangle(q, 0.3));
  }
  float soft = fwidth(inside);
  float fill = 1.0 - smoothstep(-soft, soft, inside);
  float rim = 1.0 - smoothstep(-soft, soft, inside - 0.14);
  vec3 ink = mix(vec3(0.04, 0.06, 0.09), u_colours[int(v_look.z + 0.5)], fill);
  if (rim <= 0.0) discard;
  colour = vec4(ink * rim, rim);
}`;

interface Uniforms {
  readonly matrix: WebGLUniformLocation | null;
  readonly done: WebGLUniformLocation | null;
  readonly size: WebGLUniformLocation | null;
  readonly colours: WebGLUniformLocation | null;
}

/** Draws all teams with one call. What moves between two ticks is moved by the GPU alone. */
export class FleetPainter implements MapPainter {
  readonly #fleet: Fleet;
  /** The tick that the GPU has. */
  #uploaded = -1;
  readonly #matrix = new Float32Array(16);
  readonly #progress: () => number;
  readonly #sizePx: number;
  readonly #painted: () => void;
  #program: WebGLProgram | null = null;
  #buffer: WebGLBuffer | null = null;
  #array: WebGLVertexArrayObject | null = null;
  #uniforms: Uniforms | undefined;

  constructor(fleet: Fleet, look: { progress: () => number; sizePx: number; painted: () => void }) {
    this.#fleet = fleet;
    this.#progress = look.progress;
    this.#sizePx = look.sizePx;
    this.#painted = look.painted;
  }

  start(gl: WebGL2RenderingContext): void {
    const program = linkProgram(gl, VERTEX, FRAGMENT);
    this.#program = program;
    this.#uniforms = {
      matrix: gl.getUniformLocation(program, 'u_matrix'),
      done: gl.getUniformLocation(program, 'u_done'),
      size: gl.getUniformLocation(program, 'u_size'),
      colours: gl.getUniformLocation(program, 'u_colours'),
    };
    this.#buffer = gl.createBuffer();
    this.#array = gl.createVertexArray();
    gl.bindVertexArray(this.#array);
    gl.bindBuffer(gl.ARRAY_BUFFER, this.#buffer);
    const stride = FLOATS_PER_TEAM * 4;
    gl.enableVertexAttribArray(0);
    gl.vertexAttribPointer(0, 4, gl.FLOAT, false, stride, 0);
    gl.enableVertexAttribArray(1);
    gl.vertexAttribPointer(1, 3, gl.FLOAT, false, stride, 16);
    gl.bindVertexArray(null);
    this.#uploaded = -1;
  }

  paint(gl: WebGL2RenderingContext, matrix: ArrayLike<number>): void {
    const { tick, ticks } = this.#fleet;
    this.#painted();
    if (!this.#program || !this.#uniforms || !tick || tick.head.drawn === 0) return;
    const { drawn, originX, originY } = tick.head;
    gl.useProgram(this.#program);
    gl.bindVertexArray(this.#array);
    if (this.#uploaded !== ticks) {
      gl.bindBuffer(gl.ARRAY_BUFFER, this.#buffer);
      gl.bufferData(gl.ARRAY_BUFFER, tick.floats, gl.DYNAMIC_DRAW, 0, drawn * FLOATS_PER_TEAM);
      this.#uploaded = ticks;
    }
    gl.uniformMatrix4fv(this.#uniforms.matrix, false, shiftMatrix(this.#matrix, matrix, originX, originY));
    gl.uniform1f(this.#uniforms.done, this.#progress());
    gl.uniform1f(this.#uniforms.size, this.#sizePx * pixelRatio(gl));
    gl.uniform3fv(this.#uniforms.colours, COLOURS);
    gl.drawArrays(gl.POINTS, 0, drawn);
    gl.bindVertexArray(null);
  }

  end(gl: WebGL2RenderingContext): void {
    gl.deleteProgram(this.#program);
    gl.deleteBuffer(this.#buffer);
    gl.deleteVertexArray(this.#array);
    this.#program = null;
  }
}

const COLOURS = Float32Array.from(
  TEAM_GROUP_ORDER.flatMap((group) =>
    [1, 3, 5].map((at) => Number.parseInt(TEAM_COLOUR[group].slice(at, at + 2), 16) / 255),
  ),
);
