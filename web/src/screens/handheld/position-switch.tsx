import { MAX_ACCURACY_M } from '@app/shared';
import type { Crew, Kept } from '../../link/handheld-box.js';
import { useHandheld } from '../../store/handheld.store.js';
import { handheldPositions, usePositions } from '../../store/handheld-positions.store.js';
import { shiftOn } from '../../store/handheld-view.js';
import { useText } from '../../ui/catalogue.js';
import { clockText } from '../../ui/time-format.js';
import { useNow } from './use-now.js';
import type { Whereabouts } from './use-place.js';
import { usePositionsTold } from './use-positions.js';

interface PositionSwitchProps {
  readonly crew: Crew;
  readonly kept: Kept;
  readonly seen: Whereabouts;
}

/** Asks a crew whether this machine tells where they are, for the shift that is on, and says what comes of it. */
export function PositionSwitch({ crew, kept, seen: { place, fault } }: PositionSwitchProps) {
  const text = useText().handheld.telling;
  const shift = shiftOn(kept.handheld, useNow());
  const { waiting, isFailing, isNoting, toldAt, verdict } = usePositions();
  const isCutOff = !useHandheld((state) => state.isOnline) || isFailing;
  const isOn = usePositionsTold(crew, shift, place);
  const accuracyM = place && Math.round(place.accuracyM);
  const isVague = accuracyM !== undefined && accuracyM > MAX_ACCURACY_M;
  const state = (): string => {
    if (!shift) return text.offShift;
    if (!isOn) return text.off;
    if (fault) return text.fault[fault];
    if (verdict) return text.verdict[verdict];
    if (accuracyM !== undefined && isVague) return text.vague(accuracyM);
    if (accuracyM === undefined || !isNoting) return text.first;
    return isCutOff ? text.kept(accuracyM) : text.on(accuracyM);
  };
  const sent = [
    ...(toldAt === null ? [] : [text.told(clockText(toldAt, kept.timeZone))]),
    ...(isCutOff && waiting > 0 ? [text.waiting(waiting)] : []),
  ];
  const isWrong = isOn && (fault !== undefined || verdict !== null || isVague);
  return (
    <section className="hh-telling">
      <button
        type="button"
        role="switch"
        aria-checked={isOn}
        disabled={!shift}
        onClick={() => void handheldPositions.agree(crew, isOn ? null : (shift?.id ?? null))}
      >
        <span>{text.title}</span>
        <span className="hh-telling-knob" aria-hidden />
      </button>
      <p className={isWrong ? 'is-wrong' : 'hh-soft'} role="status">
        {state()}
      </p>
      {isOn && <p className="hh-soft">{sent.join(' · ')}</p>}
    </section>
  );
}
