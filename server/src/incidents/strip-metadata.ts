/** A picture that does not hold what its format says it must. */
export class BrokenPicture extends Error {}

export type PictureType = 'image/jpeg' | 'image/png' | 'image/webp';

/**
 * The same picture without what was written beside it: place, time, device, author, comments, previews, and whatever
 * lies after its end. Pixels are not touched; the colour profile and, of a JPEG, the way up are kept, without which it
 * would look different.
 * @throws BrokenPicture when it cannot be read to its end
 */
export function stripMetadata(bytes: Uint8Array, type: PictureType): Uint8Array {
  const picture = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (type === 'image/jpeg') return stripJpeg(picture);
  return type === 'image/png' ? stripPng(picture) : stripWebp(picture);
}

// --- JPEG: ITU-T T.81 annex B. Segments of marker, length, content; entropy-coded data after each start of scan.

const SOI = 0xd8;
const EOI = 0xd9;
const SOS = 0xda;
const APP0 = 0xe0;
const APP1 = 0xe1;
const APP2 = 0xe2;
const APP14 = 0xee;
const APP15 = 0xef;
const COMMENT = 0xfe;

function stripJpeg(picture: Buffer): Buffer {
  if (picture[0] !== 0xff || picture[1] !== SOI) throw new BrokenPicture('a JPEG begins with FFD8');
  const kept: Buffer[] = [picture.subarray(0, 2)];
  for (let at = 2; ;) {
    // Any number of fill bytes may stand before a marker.
    while (picture[at] === 0xff && picture[at + 1] === 0xff) at += 1;
    const marker = picture[at + 1];
    if (picture[at] !== 0xff || marker === undefined) throw new BrokenPicture(`a marker at ${at} wanted`);
    if (marker === EOI) return Buffer.concat([...kept, picture.subarray(at, at + 2)]);
    const end = at + 2 + lengthAt(picture, at + 2);
    const segment = picture.subarray(at, end);
    const way = marker === APP1 ? orientationOf(segment.subarray(4)) : 1;
    if (way > 1) kept.push(orientationSegment(way));
    if (mayKeep(marker, segment)) kept.push(segment);
    at = end;
    if (marker !== SOS) continue;
    const scanEnd = endOfScan(picture, at);
    kept.push(picture.subarray(at, scanEnd));
    at = scanEnd;
  }
}

function lengthAt(picture: Buffer, at: number): number {
  if (at + 2 > picture.length) throw new BrokenPicture('it ends within a segment');
  const length = picture.readUInt16BE(at);
  if (length < 2 || at + length > picture.length) throw new BrokenPicture('it ends within a segment');
  return length;
}

/** JFIF, colour profile and Adobe's colour transform say how it looks; every other application segment is beside it. */
function mayKeep(marker: number, segment: Buffer): boolean {
  if (marker === COMMENT) return false;
  if (marker < APP0 || marker > APP15) return true;
  const name = segment.subarray(4, 16).toString('latin1');
  if (marker === APP0) return name.startsWith('JFIF\0');
  if (marker === APP2) return name.startsWith('ICC_PROFILE\0');
  return marker === APP14 && name.startsWith('Adobe');
}

/** Where the entropy-coded data ends: the next marker that is neither a stuffed FF nor a restart. */
function endOfScan(picture: Buffer, from: number): number {
  for (let at = picture.indexOf(0xff, from); at >= 0 && at + 1 < picture.length;) {
    const next = picture[at + 1] ?? 0;
    const isData = next === 0 || (next >= 0xd0 && next <= 0xd7);
    if (!isData && next !== 0xff) return at;
    at = picture.indexOf(0xff, at + (isData ? 2 : 1));
  }
  throw new BrokenPicture('it ends within its picture');
}

/** The way up (1 to 8) of an Exif block, TIFF tag 274 of its first directory; 1 when it says nothing that can be read. */
function orientationOf(block: Buffer): number {
  if (block.subarray(0, 6).toString('latin1') !== 'Exif\0\0') return 1;
  return orientationOfTiff(block.subarray(6));
}

function orientationOfTiff(tiff: Buffer): number {
  const order = tiff.subarray(0, 2).toString('latin1');
  if (tiff.length < 8 || (order !== 'II' && order !== 'MM')) return 1;
  const u16 = (at: number) => {
    if (at + 2 > tiff.length) return 0;
    return order === 'II' ? tiff.readUInt16LE(at) : tiff.readUInt16BE(at);
  };
  const directory = order === 'II' ? tiff.readUInt32LE(4) : tiff.readUInt32BE(4);
  const count = Math.min(u16(directory), 512);
  for (let i = 0; i < count; i++) {
    const entry = directory + 2 + i * 12;
    if (u16(entry) !== 274) continue;
    const way = u16(entry + 8);
    return way >= 1 && way <= 8 ? way : 1;
  }
  return 1;
}

/** A TIFF of one directory with one entry: the way up. */
function orientationTiff(way: number): Buffer {
  const tiff = Buffer.alloc(26);
  tiff.write('MM\0*', 0, 'latin1');
  tiff.writeUInt32BE(8, 4);
  tiff.writeUInt16BE(1, 8);
  tiff.writeUInt16BE(274, 10);
  tiff.writeUInt16BE(3, 12);
  tiff.writeUInt32BE(1, 14);
  tiff.writeUInt16BE(way, 18);
  return tiff;
}

function orientationSegment(way: number): Buffer {
  const block = Buffer.concat([Buffer.from('Exif\0\0', 'latin1'), orientationTiff(way)]);
  const head = Buffer.from([0xff, APP1, 0, 0]);
  head.writeUInt16BE(block.length + 2, 2);
  return Buffer.concat([head, block]);
}

// --- PNG: W3C, third edition. Chunks of length, type, content, checksum.

const PNG_HEAD = Buffer.from('\x89PNG\r\n\x1a\n', 'latin1');
const PNG_KEPT = new Set(
  'IHDR PLTE IDAT IEND tRNS cHRM gAMA iCCP sBIT sRGB cICP mDCV cLLI bKGD pHYs acTL fcTL fdAT'.split(' '),
);

function stripPng(picture: Buffer): Buffer {
  if (!picture.subarray(0, 8).equals(PNG_HEAD)) throw new BrokenPicture('a PNG begins with its signature');
  const kept: Buffer[] = [PNG_HEAD];
  for (let at = 8; ;) {
    if (at + 12 > picture.length) throw new BrokenPicture('it ends within its chunks');
    const end = at + 12 + picture.readUInt32BE(at);
    if (end > picture.length) throw new BrokenPicture('it ends within a chunk');
    const type = picture.subarray(at + 4, at + 8).toString('latin1');
    if (PNG_KEPT.has(type)) kept.push(picture.subarray(at, end));
    if (type === 'IEND') return Buffer.concat(kept);
    at = end;
  }
}

// --- WebP: RFC 9649. A RIFF of chunks of type, length, content, padded to an even length.

const WEBP_KEPT = new Set(['VP8 ', 'VP8L', 'VP8X', 'ALPH', 'ANIM', 'ANMF', 'ICCP']);
/** Bits of the first byte of VP8X that promise Exif and XMP. */
const WEBP_BESIDE = 0b0000_1100;

function stripWebp(picture: Buffer): Buffer {
  const isWebp =
    picture.length >= 12 &&
    picture.toString('latin1', 0, 4) === 'RIFF' &&
    picture.toString('latin1', 8, 12) === 'WEBP';
  if (!isWebp) throw new BrokenPicture('a WebP begins with RIFF … WEBP');
  const whole = 8 + picture.readUInt32LE(4);
  if (whole > picture.length) throw new BrokenPicture('it ends before its length');
  const kept: Buffer[] = [];
  for (let at = 12; at < whole;) {
    if (at + 8 > whole) throw new BrokenPicture('it ends within a chunk');
    const type = picture.toString('latin1', at, at + 4);
    const length = picture.readUInt32LE(at + 4);
    const end = at + 8 + length + (length % 2);
    if (end > whole) throw new BrokenPicture('it ends within a chunk');
    const chunk = Buffer.from(picture.subarray(at, end));
    if (type === 'VP8X' && length > 0) chunk[8] = (chunk[8] ?? 0) & ~WEBP_BESIDE;
    if (WEBP_KEPT.has(type)) kept.push(chunk);
    at = end;
  }
  if (kept.length === 0) throw new BrokenPicture('there is no picture in it');
  const body = Buffer.concat(kept);
  const head = Buffer.from(picture.subarray(0, 12));
  head.writeUInt32LE(body.length + 4, 4);
  return Buffer.concat([head, body]);
}
