import { useEffect } from 'react';
import { useInstallation } from '../../link/installation.js';
import { useWall } from '../../store/wall.store.js';
import { useText } from '../../ui/catalogue.js';
import { momentText, spanText } from '../../ui/time-format.js';
import { useNow } from '../../ui/use-now.js';

const SHOWN_MS = 20_000;

/**
 * Says that the screen is blind and since when, or that positions alone stand still; afterwards what it caught up and
 * how long it saw nothing.
 */
export function BlindBanner() {
  const text = useText();
  const now = useNow();
  const { settings } = useInstallation();
  const sight = useWall((wall) => wall.sight);
  const isKnown = useWall((wall) => wall.isKnown);
  const returned = useWall((wall) => wall.returned);
  const stillSince = useWall((wall) => wall.stillSince);
  const forget = useWall((wall) => wall.forgetReturn);

  useEffect(() => {
    if (!returned) return undefined;
    const timer = setTimeout(forget, SHOWN_MS);
    return () => clearTimeout(timer);
  }, [returned, forget]);

  if (sight.state === 'blind')
    return (
      <p className="banner is-blind" role="alert">
        {text.wall.blind(spanText(now - sight.since, text))}
        {text.wall.blindSince(momentText(sight.since, now, settings.timeZone))} · {text.state.retrying}
      </p>
    );
  if (sight.state === 'connecting' && !isKnown)
    return (
      <p className="banner is-blind" role="status">
        {text.wall.neverSeen}
      </p>
    );
  if (stillSince !== null)
    return (
      <p className="banner is-still" role="alert">
        {text.wall.still(spanText(now - stillSince, text))}
        {text.wall.stillSince(momentText(stillSince, now, settings.timeZone))}
      </p>
    );
  if (!returned) return null;
  const span = spanText(returned.blindMs, text);
  return (
    <p className="banner" role="status">
      {returned.whole ? text.wall.caughtUpSnapshot(span) : text.wall.caughtUp(returned.entries, span)}
    </p>
  );
}
