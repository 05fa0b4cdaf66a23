import { crc32, deflateSync } from 'node:zlib';

const WIDTH = 480;
const HEIGHT = 320;
const SKY = [168, 186, 201] as const;
const GROUND = [138, 126, 108] as const;
const SIGNATURE = [137, 80, 78, 71, 13, 10, 26, 10];

/** A picture of nothing, as evidence of what never happened: a sky over a ground, as PNG. */
export function madePhoto(): Uint8Array {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(WIDTH, 0);
  header.writeUInt32BE(HEIGHT, 4);
  // Eight bits a channel, red, green and blue.
  header.set([8, 2], 8);
  const rows = Array.from({ length: HEIGHT }, (_, y) => {
    const shade = 1 - (0.25 * y) / HEIGHT;
    const colour = (y < HEIGHT * 0.4 ? SKY : GROUND).map((part) => Math.round(part * shade));
    return Buffer.from([0, ...Array.from({ length: WIDTH }, () => colour).flat()]);
  });
  const data = deflateSync(Buffer.concat(rows));
  return Buffer.concat([
    Buffer.from(SIGNATURE),
    chunk('IHDR', header),
    chunk('IDAT', data),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

function chunk(kind: string, data: Uint8Array): Buffer {
  const body = Buffer.concat([Buffer.from(kind, 'latin1'), data]);
  const frame = Buffer.alloc(body.length + 8);
  frame.writeUInt32BE(data.length, 0);
  frame.set(body, 4);
  frame.writeUInt32BE(crc32(body), body.length + 4);
  return frame;
}
