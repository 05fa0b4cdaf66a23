import { writeFile } from 'node:fs/promises';
import encodeQr from 'qr';

const WIDTH = 640;
const HEIGHT = 480;
const FRAMES = 3;
const QUIET = 4;

/** Writes a film of a QR code as a camera would see it: white paper, grey round it (YUV4MPEG2, 4:2:0). */
export async function writeQrVideo(path: string, text: string): Promise<void> {
  const code = encodeQr(text, 'raw', { border: QUIET });
  const scale = Math.floor((HEIGHT * 0.8) / code.length);
  const side = code.length * scale;
  const [left, top] = [Math.floor((WIDTH - side) / 2), Math.floor((HEIGHT - side) / 2)];
  const light = Buffer.alloc(WIDTH * HEIGHT, 140);
  for (let y = 0; y < side; y++)
    for (let x = 0; x < side; x++) {
      const isDark = code[Math.floor(y / scale)]?.[Math.floor(x / scale)] === true;
      light[(top + y) * WIDTH + left + x] = isDark ? 25 : 235;
    }
  const colour = Buffer.alloc((WIDTH * HEIGHT) / 2, 128);
  const frame = Buffer.concat([Buffer.from('FRAME\n'), light, colour]);
  const head = Buffer.from(`YUV4MPEG2 W${WIDTH} H${HEIGHT} F10:1 Ip A1:1 C420jpeg\n`);
  await writeFile(path, Buffer.concat([head, ...Array.from({ length: FRAMES }, () => frame)]));
}
