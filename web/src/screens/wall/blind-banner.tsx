import { useEffect, useState } from 'react';
import { useInstallation } from '../../link/installation.js';
import { useWall } from '../../store/wall.store.js';
import { useText } from '../../ui/catalogue.js';
import { momentText, spanText } from '../../ui/time-format.js';
import { useNow } from '../../ui/use-now.js';
import { MissedList } from './missed-list.js';
import './blind-banner.css';

const SHOWN_MS = 20_000;
/** Longer where somebody reads what was missed, or must know what was wrong. */
const READ_MS = 60_000;

/**
 * Says that the screen is blind and since when, or that positions alone stand still; afterwards what it caught up, how
 * long it saw nothing, and which.
 */
export function BlindBanner() {
  const text = useText();
  const now = useNow();
  const { settings } = useInstallation();
  const sight = useWall((wall) => wall.sight);
  const isKnown = useWall((wall) => wall.isKnown);
  const stillSince = useWall((wall) => wall.stillSince);
  const momentOf = (at: number) => momentText(at, now, settings.timeZone);

  if (sight.state === 'blind')
    return (
      <div className="banners">
        <p className="banner is-blind" role="alert">
          {text.wall.blind(spanText(now - sight.since, text))}
          {text.wall.blindSince(momentOf(sight.since))} · {text.state.retrying}
        </p>
      </div>
    );
  if (sight.state === 'connecting' && !isKnown)
    return (
      <div className="banners">
        <p className="banner is-blind" role="status">
          {text.wall.neverSeen}
        </p>
      </div>
    );
  return (
    <div className="banners">
      {stillSince !== null && (
        <p className="banner is-still" role="alert">
          {text.wall.still(spanText(now - stillSince, text))}
          {text.wall.stillSince(momentOf(stillSince))}
        </p>
      )}
      <RepairBanner />
      <ReturnBanner />
    </div>
  );
}

/** What this screen showed was not what the server holds: whoever looked at it must know. */
function RepairBanner() {
  const text = useText();
  const repairedAt = useWall((wall) => wall.repairedAt);
  const forget = useWall((wall) => wall.forgetRepair);
  useEffect(() => {
    if (repairedAt === undefined) return undefined;
    const timer = setTimeout(forget, READ_MS);
    return () => clearTimeout(timer);
  }, [repairedAt, forget]);

  if (repairedAt === undefined) return null;
  return (
    <p className="banner is-repaired" role="alert">
      {text.wall.repaired}
      <button type="button" className="button" onClick={forget}>
        {text.wall.close}
      </button>
    </p>
  );
}

function ReturnBanner() {
  const text = useText();
  const returned = useWall((wall) => wall.returned);
  const forget = useWall((wall) => wall.forgetReturn);
  const [isRead, setRead] = useState(false);

  useEffect(() => setRead(false), [returned]);
  useEffect(() => {
    if (!returned) return undefined;
    const timer = setTimeout(forget, isRead ? READ_MS : SHOWN_MS);
    return () => clearTimeout(timer);
  }, [returned, isRead, forget]);

  if (!returned) return null;
  const { entries, missed, whole } = returned;
  const span = spanText(returned.blindMs, text);
  return (
    <section className="banner" role="status">
      <p>
        {whole ? text.wall.caughtUpSnapshot(entries, span) : text.wall.caughtUp(entries, span)}
        {missed.length > 0 && (
          <button type="button" className="button" aria-expanded={isRead} onClick={() => setRead(!isRead)}>
            {isRead ? text.wall.missedHide : text.wall.missedShow}
          </button>
        )}
        <button type="button" className="button" onClick={forget}>
          {text.wall.close}
        </button>
      </p>
      {isRead && <MissedList missed={missed} />}
    </section>
  );
}
