import { useInstallation } from '../../link/installation.js';
import { useText } from '../../ui/catalogue.js';
import { clockText, momentText } from '../../ui/time-format.js';
import { useNow } from '../../ui/use-now.js';
import { type Player, SPEEDS } from './use-player.js';

export interface ReplayPlayerProps {
  readonly player: Player;
  /** Ms since 1970. */
  readonly from: number;
  readonly to: number;
}

/** Where in the window one is, and how fast one goes on. Arrow keys on the slider go ten seconds. */
export function ReplayPlayer({ player, from, to }: ReplayPlayerProps) {
  const text = useText();
  const now = useNow();
  const { timeZone } = useInstallation().settings;
  const moment = (at: number) => momentText(at, now, timeZone);
  return (
    <div className="replay-player">
      <button type="button" className="button is-primary" onClick={player.toggle}>
        {player.isPlaying ? text.replay.pause : text.replay.play}
      </button>
      <time className="replay-now">{clockText(from + player.at, timeZone, true)}</time>
      <span className="soft">{moment(from)}</span>
      <input
        type="range"
        className="replay-slider"
        aria-label={text.replay.position}
        aria-valuetext={clockText(from + player.at, timeZone, true)}
        min={0}
        max={to - from}
        step={10_000}
        value={player.at}
        onChange={({ target }) => player.seek(Number(target.value))}
      />
      <span className="soft">{moment(to)}</span>
      <span className="tabs" role="group" aria-label={text.replay.speed}>
        {SPEEDS.map((speed) => (
          <button
            key={speed}
            type="button"
            className={`button is-small ${speed === player.speed ? 'is-primary' : ''}`}
            aria-pressed={speed === player.speed}
            onClick={() => player.setSpeed(speed)}
          >
            {text.replay.times(speed)}
          </button>
        ))}
      </span>
    </div>
  );
}
