import type { Severity } from '@app/shared';
import { create } from 'zustand';

const MUTE_MS = 600_000;

interface Sound {
  /** `blocked`: the browser wants a click first. Muted: until a moment of `performance.now()`. */
  readonly isAllowed: boolean;
  readonly mutedUntil: number | null;
  readonly allow: () => void;
  readonly mute: () => void;
  readonly unmute: () => void;
  /** One short signal; three tones for grade I, two for II. Silent while muted or blocked. */
  readonly sound: (severity: Severity) => void;
  /** A call for help: five tones, also while muted; silent only where the browser forbids it. */
  readonly alarm: () => void;
}

let context: AudioContext | undefined;
let unmuting: ReturnType<typeof setTimeout> | undefined;

export const useSound = create<Sound>((set, get) => ({
  isAllowed: false,
  mutedUntil: null,
  allow: () => {
    void audio().resume();
  },
  mute: () => {
    clearTimeout(unmuting);
    unmuting = setTimeout(() => get().unmute(), MUTE_MS);
    set({ mutedUntil: performance.now() + MUTE_MS });
  },
  unmute: () => {
    clearTimeout(unmuting);
    set({ mutedUntil: null });
  },
  sound: (severity) => {
    if (get().mutedUntil === null && context?.state === 'running') play(context, severity === 1 ? 3 : 2);
  },
  alarm: () => {
    if (context?.state === 'running') play(context, 5);
  },
}));

/** Finds out whether the browser allows sound already: some do for a page that is used daily. */
export function openSound(): void {
  audio();
}

function audio(): AudioContext {
  if (context) return context;
  const made = new AudioContext();
  const tell = () => useSound.setState({ isAllowed: made.state === 'running' });
  made.addEventListener('statechange', tell);
  tell();
  context = made;
  return made;
}

function play(on: AudioContext, tones: number): void {
  for (let tone = 0; tone < tones; tone++) {
    const start = on.currentTime + tone * 0.28;
    const oscillator = on.createOscillator();
    const gain = on.createGain();
    oscillator.frequency.value = tone % 2 === 0 ? 880 : 660;
    gain.gain.setValueAtTime(0, start);
    gain.gain.linearRampToValueAtTime(0.25, start + 0.02);
    gain.gain.linearRampToValueAtTime(0, start + 0.24);
    oscillator.connect(gain).connect(on.destination);
    oscillator.start(start);
    oscillator.stop(start + 0.25);
  }
}
