import { useEffect, useRef } from 'react';
import { useInstallation } from '../../link/installation.js';
import { unsignedUrgent } from '../../store/attention.js';
import { useWall } from '../../store/wall.store.js';
import { useText } from '../../ui/catalogue.js';
import { spanText } from '../../ui/time-format.js';
import { useNow } from '../../ui/use-now.js';
import { openSound, useSound } from './sound.store.js';

/** Sounds each new incident of grade I or II and each urgent instruction once, and says plainly when it cannot. */
export function SoundSwitch() {
  const text = useText();
  useNow();
  const { isAllowed, mutedUntil, allow, mute, unmute } = useSound();
  useAlarm();
  useInstructionAlarm();

  if (!isAllowed)
    return (
      <button type="button" className="button is-warn" onClick={allow}>
        {text.wall.soundBlocked}
      </button>
    );
  if (mutedUntil !== null)
    return (
      <button type="button" className="button is-warn" onClick={unmute} title={text.wall.unmute}>
        {text.wall.soundMuted(spanText(mutedUntil - performance.now(), text))}
      </button>
    );
  return (
    <button type="button" className="button" onClick={mute} title={text.wall.mute}>
      {text.wall.soundOn}
    </button>
  );
}

function useAlarm(): void {
  const grave = useWall((wall) => wall.grave);
  const sound = useSound((state) => state.sound);
  const sounded = useRef(new Set<string>());
  useEffect(() => openSound(), []);
  useEffect(() => {
    const fresh = grave.filter((id) => !sounded.current.has(id));
    sounded.current = new Set(grave);
    const incidents = fresh.flatMap((id) => useWall.getState().incidents.get(id) ?? []);
    const [worst] = incidents.map(({ severity }) => severity).sort((a, b) => a - b);
    if (worst !== undefined) sound(worst);
  }, [grave, sound]);
}

/** An instruction from above that is urgent and not signed for sounds as an incident of grade II does. */
function useInstructionAlarm(): void {
  const { session } = useInstallation();
  const instructions = useWall((wall) => wall.instructions);
  const sound = useSound((state) => state.sound);
  const sounded = useRef(new Set<string>());
  useEffect(() => {
    const urgent = unsignedUrgent(instructions.values(), session.centre.id);
    const isFresh = urgent.some((id) => !sounded.current.has(id));
    sounded.current = new Set(urgent);
    if (isFresh) sound(2);
  }, [instructions, session, sound]);
}
