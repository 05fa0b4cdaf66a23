/** A program of two shaders. @throws Error with the compiler's words, unless the context is lost */
export function linkProgram(gl: WebGL2RenderingContext, vertex: string, fragment: string): WebGLProgram {
  const program = gl.createProgram();
  for (const [kind, source] of [
    [gl.VERTEX_SHADER, vertex],
    [gl.FRAGMENT_SHADER, fragment],
  ] as const) {
    const shader = gl.createShader(kind);
    if (!shader) continue;
    gl.shaderSource(shader, source);
    gl.compileShader(shader);
    gl.attachShader(program, shader);
    gl.deleteShader(shader);
  }
  gl.linkProgram(program);
  if (!gl.getProgramParameter(program, gl.LINK_STATUS) && !gl.isContextLost())
    throw new Error(`point shaders: ${gl.getProgramInfoLog(program) ?? 'no log'}`);
  return program;
}

/** Puts the matrix for places counted from an origin into `out`, summed in double precision before it becomes single. */
export function shiftMatrix(
  out: Float32Array,
  matrix: ArrayLike<number>,
  x: number,
  y: number,
): Float32Array {
  out.set(matrix);
  for (let row = 0; row < 4; row++)
    out[12 + row] = (matrix[row] ?? 0) * x + (matrix[4 + row] ?? 0) * y + (matrix[12 + row] ?? 0);
  return out;
}

/** Pixels of the canvas in one of CSS. */
export const pixelRatio = (gl: WebGL2RenderingContext): number =>
  gl.drawingBufferWidth / Math.max(1, (gl.canvas as HTMLCanvasElement).clientWidth);
