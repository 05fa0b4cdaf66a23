import { toMs } from '@app/shared';
import { useMemo, useState } from 'react';
import { useInstallation } from '../../link/installation.js';
import { readReplay, type ReplayWindow } from '../../link/replay.js';
import { useFetched } from '../../link/use-fetched.js';
import { ReplayLayer } from '../../layers/replay-layer.js';
import { incidentsAt, teamsAt } from '../../store/replay-at.js';
import { useText } from '../../ui/catalogue.js';
import { spanText } from '../../ui/time-format.js';
import { DeskFrame } from '../desk/desk-frame.js';
import { DeskMap } from '../desk/desk-map.js';
import { FaultNote } from '../desk/fault-note.js';
import { lastHour, ReplayForm } from './replay-form.js';
import { ReplayLists } from './replay-lists.js';
import { ReplayPlayer } from './replay-player.js';
import { usePlayer } from './use-player.js';
import './replay.css';

/** The past does not change: what was read is read again only when somebody asks. */
const NEVER_MS = 2 ** 31 - 1;

/** A window of the past: where teams were and what was open, gone through at any speed. */
export function ReplayScreen() {
  const text = useText();
  return (
    <DeskFrame page="replay" head={<span className="tag">{text.replay.past}</span>}>
      <ReplayDesk />
    </DeskFrame>
  );
}

function ReplayDesk() {
  const text = useText();
  const { session } = useInstallation();
  const [window, setWindow] = useState<ReplayWindow>(() => ({ scope: session.centre.id, ...lastHour() }));
  const [chosen, setChosen] = useState<string>();
  const [fault, setFault] = useState<unknown>();
  const key = `${window.scope} ${window.from} ${window.to}`;
  const read = useFetched({
    subject: key,
    everyMs: NEVER_MS,
    read: (signal) => readReplay(window, signal),
  });
  const replay = read.value;
  const [from, to] = [toMs(window.from), toMs(window.to)];
  const player = usePlayer(to - from);
  const teams = useMemo(() => (replay ? teamsAt(replay, player.at) : []), [replay, player.at]);
  const incidents = useMemo(() => (replay ? incidentsAt(replay, player.at) : []), [replay, player.at]);
  return (
    <main className="replay">
      <ReplayForm window={window} team={chosen} onWindow={setWindow} onFault={setFault} />
      <div className="desk-map replay-map">
        <DeskMap
          centre={window.scope}
          overlay={
            <p className="replay-key soft">
              {text.replay.gap}
              {replay && replay.stepMs > 1000 && ` · ${text.replay.every(spanText(replay.stepMs, text))}`}
              {replay?.isShort && ` · ${text.replay.short}`}
            </p>
          }
        >
          {() =>
            replay && (
              <ReplayLayer
                replay={replay}
                at={player.at}
                teams={teams}
                incidents={incidents}
                chosen={chosen}
                onChoose={setChosen}
              />
            )
          }
        </DeskMap>
      </div>
      <aside className="replay-side">
        <FaultNote fault={fault} onClose={() => setFault(undefined)} />
        <FaultNote fault={read.fault} onRetry={read.reload} />
        {replay ? (
          <ReplayLists
            replay={replay}
            readAt={read.readAt}
            teams={teams}
            incidents={incidents}
            chosen={chosen}
            onChoose={setChosen}
          />
        ) : (
          read.fault === undefined && <p className="panel-empty">{text.state.loading}</p>
        )}
      </aside>
      <ReplayPlayer player={player} from={from} to={to} />
    </main>
  );
}
