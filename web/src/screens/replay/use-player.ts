import { useCallback, useEffect, useRef, useState } from 'react';

export const SPEEDS = [1, 10, 60, 300] as const;
type Speed = (typeof SPEEDS)[number];
const FRAME_MS = 100;

export interface Player {
  /** Ms after the window's beginning. */
  readonly at: number;
  readonly isPlaying: boolean;
  readonly speed: Speed;
  readonly seek: (at: number) => void;
  readonly toggle: () => void;
  readonly setSpeed: (speed: Speed) => void;
}

/** Goes through a window of `lengthMs` at some speed, ten pictures a second; begins, and stops, at its end. */
export function usePlayer(lengthMs: number): Player {
  const [at, setAt] = useState(lengthMs);
  const [isPlaying, setPlaying] = useState(false);
  const [speed, setSpeed] = useState<Speed>(60);
  const last = useRef(0);

  useEffect(() => {
    setAt(lengthMs);
    setPlaying(false);
  }, [lengthMs]);

  useEffect(() => {
    if (!isPlaying) return undefined;
    last.current = performance.now();
    const timer = setInterval(() => {
      const now = performance.now();
      const passed = (now - last.current) * speed;
      last.current = now;
      setAt((before) => Math.min(lengthMs, before + passed));
    }, FRAME_MS);
    return () => clearInterval(timer);
  }, [isPlaying, speed, lengthMs]);

  const isOver = at >= lengthMs;
  useEffect(() => {
    if (isOver) setPlaying(false);
  }, [isOver]);

  const seek = useCallback((to: number) => setAt(Math.max(0, Math.min(lengthMs, to))), [lengthMs]);
  const toggle = useCallback(() => {
    if (!isPlaying && isOver) setAt(0);
    setPlaying(!isPlaying);
  }, [isPlaying, isOver]);
  return { at, isPlaying, speed, seek, toggle, setSpeed };
}
