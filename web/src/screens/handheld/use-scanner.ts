import { readCodeText } from '@app/shared';
import { type RefObject, useEffect, useState } from 'react';
import { codeReader } from './code-reader.js';

const LOOK_MS = 150;

/** `none`: no camera, or it may not be used, as on a page without https. */
export type Camera = 'starting' | 'on' | 'none';

/** Looks through the camera until it sees the code of a checkpoint. */
export function useScanner(
  video: RefObject<HTMLVideoElement | null>,
  onFound: (found: { checkpoint: string; code: string }) => void,
): Camera {
  const [camera, setCamera] = useState<Camera>('starting');
  useEffect(() => {
    const gone = new AbortController();
    void watch(video, gone.signal, setCamera).then((found) => {
      if (found && !gone.signal.aborted) onFound(found);
    });
    return () => gone.abort();
  }, [video, onFound]);
  return camera;
}

async function watch(
  video: RefObject<HTMLVideoElement | null>,
  gone: AbortSignal,
  tell: (camera: Camera) => void,
): Promise<{ checkpoint: string; code: string } | undefined> {
  const stream = await openCamera();
  if (!stream || gone.aborted || !video.current) {
    stop(stream);
    if (!gone.aborted) tell('none');
    return undefined;
  }
  try {
    video.current.srcObject = stream;
    await video.current.play();
    tell('on');
    const readCode = await codeReader();
    while (!gone.aborted) {
      const text = await readCode(video.current);
      const found = text === undefined ? undefined : readCodeText(text);
      if (found) return found;
      await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
    }
    return undefined;
  } catch {
    if (!gone.aborted) tell('none');
    return undefined;
  } finally {
    stop(stream);
  }
}

async function openCamera(): Promise<MediaStream | undefined> {
  try {
    return await navigator.mediaDevices.getUserMedia({ video: { facingMode: 'environment' } });
  } catch {
    // Also where `mediaDevices` is missing: a page without https has none.
    return undefined;
  }
}

function stop(stream: MediaStream | undefined): void {
  for (const track of stream?.getTracks() ?? []) track.stop();
}
