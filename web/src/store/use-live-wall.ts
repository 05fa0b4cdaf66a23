import type { Picture, TeamCard } from '@app/shared';
import { useEffect, useMemo, useRef } from 'react';
import { LiveLink } from '../link/live-link.js';
import { watchPageLife } from '../link/page-life.js';
import type { PictureChange } from '../link/scope-chain.js';
import { Fleet, type LooksChange } from './fleet.js';
import { useAsides } from './asides.store.js';
import { useWall } from './wall.store.js';

/** A tab has one connection: a screen that begins another ends the one before. */
let standing: LiveLink | undefined;

/** Keeps the store and a fleet at what the server says of a scope, for as long as the screen stands. */
export function useLiveWall(scope: string): Fleet {
  const link = useRef<LiveLink>(null);
  const fleet = useMemo(() => {
    const wantsKeyframe = new Set(['gap', 'roster', 'malformed']);
    return new Fleet(scope, {
      onFrame: (result) => wantsKeyframe.has(result) && link.current?.askKeyframe(),
    });
  }, [scope]);

  useEffect(() => {
    const wall = useWall.getState();
    wall.reset();
    fleet.open();
    const opened = new LiveLink({
      scope,
      listener: {
        picture: (picture, change) => {
          wall.takePicture(picture, change);
          const looks = looksOf(picture, change);
          if (looks) fleet.useLooks(looks);
        },
        sight: wall.takeSight,
        caughtUp: wall.takeReturn,
        repaired: wall.takeRepair,
        still: wall.takeStill,
        refused: wall.refuse,
        aside: (word) => useAsides.getState().hear(word),
        roster: (roster) => fleet.useRoster(roster),
        frame: (bytes) => fleet.apply(bytes),
      },
    });
    link.current = opened;
    standing?.stop();
    standing = opened;
    opened.start();
    useAsides.getState().speakThrough((topic, data) => opened.say(topic, data));
    const unwatch = watchPageLife({
      woke: () => opened.woke(),
      // Whoever keeps a connection is not kept by the browser; it comes back with its cursor.
      hidden: () => opened.stop(),
      shownAgain: () => standing === opened && opened.start(),
    });
    return () => {
      unwatch();
      useAsides.getState().speakThrough(undefined);
      opened.stop();
      fleet.close();
    };
  }, [scope, fleet]);

  return fleet;
}

/** What a change of the picture means for how teams look; undefined when it is not about teams. */
function looksOf(picture: Picture, { whole, changed }: PictureChange): LooksChange | undefined {
  const lookOf = ({ id, mode, status }: TeamCard) => ({ id, mode, status });
  if (whole) {
    const put = [...picture.items()].flatMap(({ kind, card }) =>
      kind === 'team' ? lookOf(card as TeamCard) : [],
    );
    return { whole, put, gone: [] };
  }
  const ids = new Set(changed.flatMap(({ kind, id }) => (kind === 'team' ? id : [])));
  if (ids.size === 0) return undefined;
  const cards = [...ids].map((id) => ({ id, card: picture.get('team', id)?.card as TeamCard | undefined }));
  return {
    whole,
    put: cards.flatMap(({ card }) => (card ? lookOf(card) : [])),
    gone: cards.flatMap(({ id, card }) => (card ? [] : id)),
  };
}
