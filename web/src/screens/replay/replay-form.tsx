import { LONGEST_REPLAY_MS, toInstant, TRACK_FORMATS, type TrackFormat } from '@app/shared';
import { Dropdown } from 'antd';
import { useState } from 'react';
import { useInstallation } from '../../link/installation.js';
import { downloadTracks, type ReplayWindow } from '../../link/replay.js';
import { useLanguage, useText } from '../../ui/catalogue.js';
import { serverClock } from '../../ui/server-clock.js';
import { instantOf, wallTimeOf } from '../../ui/wall-time.js';
import { WallTimeField } from '../../ui/wall-time-field.js';
import { CentreChoice } from '../desk/centre-choice.js';

const HOUR_MS = 3_600_000;

export interface ReplayFormProps {
  readonly window: ReplayWindow;
  readonly team: string | undefined;
  readonly onWindow: (window: ReplayWindow) => void;
  readonly onFault: (fault: unknown) => void;
}

/** The last hour by the server's clock. */
export const lastHour = (): Pick<ReplayWindow, 'from' | 'to'> => {
  const now = serverClock.now();
  return { from: toInstant(now - HOUR_MS), to: toInstant(now) };
};

/** Which window of the past, whose, and its tracks as a file. */
export function ReplayForm({ window, team, onWindow, onFault }: ReplayFormProps) {
  const text = useText();
  const { timeZone } = useInstallation().settings;
  const [scope, setScope] = useState(window.scope);
  const [from, setFrom] = useState(wallTimeOf(Date.parse(window.from), timeZone));
  const [to, setTo] = useState(wallTimeOf(Date.parse(window.to), timeZone));
  const [begins, ends] = [instantOf(from, timeZone), instantOf(to, timeZone)];
  const isGood = begins < ends && ends - begins <= LONGEST_REPLAY_MS;
  const toLastHour = () => {
    const hour = lastHour();
    setFrom(wallTimeOf(Date.parse(hour.from), timeZone));
    setTo(wallTimeOf(Date.parse(hour.to), timeZone));
    onWindow({ scope, ...hour });
  };
  return (
    <form
      className="replay-form"
      onSubmit={(event) => {
        event.preventDefault();
        onWindow({ scope, from: toInstant(begins), to: toInstant(ends) });
      }}
    >
      <CentreChoice className="centre-search" value={scope} onChange={setScope} />
      <WallTimeField label={text.desk.timeFrom} value={from} onChange={setFrom} />
      <WallTimeField label={text.desk.timeUntil} value={to} onChange={setTo} />
      <button type="submit" className="button is-primary" disabled={!isGood}>
        {text.replay.load}
      </button>
      <button type="button" className="button" onClick={toLastHour}>
        {text.replay.lastHour}
      </button>
      {!isGood && <span className="is-warned">{text.replay.badWindow}</span>}
      <span className="replay-room" />
      <Files window={window} team={team} onFault={onFault} />
    </form>
  );
}

function Files({ window, team, onFault }: Pick<ReplayFormProps, 'window' | 'team' | 'onFault'>) {
  const text = useText();
  const language = useLanguage((choice) => choice.language);
  const [isBusy, setBusy] = useState(false);
  const write = async (format: TrackFormat) => {
    setBusy(true);
    onFault(undefined);
    try {
      await downloadTracks(window, { team, format, language });
    } catch (cause) {
      onFault(cause);
    } finally {
      setBusy(false);
    }
  };
  const items = TRACK_FORMATS.map((format) => ({
    key: format,
    label: format.toUpperCase(),
    onClick: () => void write(format),
  }));
  return (
    <Dropdown menu={{ items }} trigger={['click']} disabled={isBusy}>
      <button type="button" className="button" disabled={isBusy}>
        {isBusy ? text.desk.exporting : text.replay.files}
      </button>
    </Dropdown>
  );
}
