import decodeQr from 'qr/decode.js';

/** Enough for a code that fills a third of the picture, and little enough for an old phone. */
const WIDTH = 640;

interface Detector {
  detect(source: CanvasImageSource): Promise<readonly { rawValue: string }[]>;
}
interface DetectorMaker {
  new (options: { formats: string[] }): Detector;
  getSupportedFormats(): Promise<string[]>;
}

/** Reads what a QR code in a picture says; undefined where there is none. */
export type ReadCode = (source: HTMLVideoElement) => Promise<string | undefined>;

/** The browser's own reader where it has one, else one in JavaScript. */
export async function codeReader(): Promise<ReadCode> {
  const { BarcodeDetector: Maker } = globalThis as { BarcodeDetector?: DetectorMaker };
  if (Maker && (await Maker.getSupportedFormats()).includes('qr_code')) {
    const detector = new Maker({ formats: ['qr_code'] });
    return async (source) => (await detector.detect(source))[0]?.rawValue;
  }
  const canvas = document.createElement('canvas');
  const context = canvas.getContext('2d', { willReadFrequently: true });
  return (source) => Promise.resolve(context ? read(source, context) : undefined);
}

function read(source: HTMLVideoElement, context: CanvasRenderingContext2D): string | undefined {
  const { videoWidth, videoHeight } = source;
  if (videoWidth === 0) return undefined;
  const scale = Math.min(1, WIDTH / videoWidth);
  const [width, height] = [Math.round(videoWidth * scale), Math.round(videoHeight * scale)];
  context.canvas.width = width;
  context.canvas.height = height;
  context.drawImage(source, 0, 0, width, height);
  try {
    return decodeQr({ width, height, data: context.getImageData(0, 0, width, height).data });
  } catch {
    // Most pictures of a camera hold no code.
    return undefined;
  }
}
