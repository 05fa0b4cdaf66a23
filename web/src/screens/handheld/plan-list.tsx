import { distanceM, nameIn, toMs, type Visit } from '@app/shared';
import type { Kept } from '../../link/handheld-box.js';
import { useHandheld } from '../../store/handheld.store.js';
import { shiftOf, toVisit } from '../../store/handheld-view.js';
import { useLanguage, useText } from '../../ui/catalogue.js';
import { clockText } from '../../ui/time-format.js';
import { useNow } from './use-now.js';
import type { Place } from './use-place.js';

/** The next place to be seen, and what comes after it. */
export function PlanList({ kept, place }: { kept: Kept; place: Place | undefined }) {
  const text = useText();
  const now = useNow();
  const queue = useHandheld((state) => state.queue);
  const { visits } = kept.handheld;
  const shift = shiftOf(kept.handheld, now);
  const owed = visits.filter((visit) => visit.shift === shift?.id);
  const [next, ...rest] = toVisit(
    owed,
    queue.filter(({ account }) => account === kept.account),
    now,
  );
  const made = owed.filter(({ isCredited }) => isCredited).length;
  return (
    <section className="hh-plan">
      <h2>
        {text.handheld.plan}{' '}
        {owed.length > 0 && <span className="hh-soft">{text.handheld.made(made, owed.length)}</span>}
      </h2>
      {!next && <p className="hh-soft">{owed.length === 0 ? text.handheld.noPlan : text.handheld.allSeen}</p>}
      {next && <NextStop visit={next} kept={kept} place={place} now={now} />}
      <ol>
        {rest.slice(0, 8).map((visit) => (
          <li key={visit.id}>
            <StopName visit={visit} /> <Hours visit={visit} zone={kept.timeZone} />
          </li>
        ))}
      </ol>
    </section>
  );
}

interface NextProps {
  readonly visit: Visit;
  readonly kept: Kept;
  readonly place: Place | undefined;
  readonly now: number;
}

function NextStop({ visit, kept, place, now }: NextProps) {
  const text = useText();
  const stop = kept.handheld.stops.find(({ id }) => id === visit.checkpoint);
  const awayM = stop && place ? distanceM([place.lng, place.lat], [stop.lng, stop.lat]) : undefined;
  const isAhead = toMs(visit.windowFrom) > now;
  return (
    <div className="hh-next">
      <p className="hh-soft">{isAhead ? text.handheld.later : text.handheld.next}</p>
      <p className="hh-name">
        <StopName visit={visit} />
      </p>
      <p>
        <Hours visit={visit} zone={kept.timeZone} /> · {text.handheld.dwell(Math.ceil(visit.dwellS / 60))}
        {awayM !== undefined && ` · ${text.handheld.away(Math.round(awayM))}`}
      </p>
      {stop?.isGpsBlind && <p className="hh-blind">{text.handheld.blind}</p>}
    </div>
  );
}

function StopName({ visit }: { visit: Visit }) {
  const language = useLanguage((choice) => choice.language);
  return <>{nameIn(visit.names, language)}</>;
}

function Hours({ visit, zone }: { visit: Visit; zone: string }) {
  const hour = (instant: string) => clockText(toMs(instant), zone);
  return (
    <span className="hh-soft">
      {hour(visit.windowFrom)}–{hour(visit.windowTo)}
    </span>
  );
}
