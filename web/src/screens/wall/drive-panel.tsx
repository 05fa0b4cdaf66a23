import { CATEGORIES, type DriveCard, toMs } from '@app/shared';
import { useState } from 'react';
import { askRaw, sentenceOf } from '../../link/http.js';
import { useInstallation } from '../../link/installation.js';
import { useWall } from '../../store/wall.store.js';
import { useText } from '../../ui/catalogue.js';
import { Panel } from '../../ui/panel.js';
import { ageText, momentText, spanText } from '../../ui/time-format.js';
import { useNow } from '../../ui/use-now.js';
import type { Drill } from './use-drill.js';
import { usePictureState } from './use-panel-state.js';

/** Who drives the demo, 人工接管 and 演练. A display sees it and cannot touch it. */
export function DrivePanel({ drill }: { drill: Drill }) {
  const text = useText();
  const now = useNow();
  const state = usePictureState();
  const { settings, session } = useInstallation();
  const drive = useWall((wall) => wall.drive);
  const [fault, setFault] = useState<unknown>();
  const { role } = session.account;
  const mayAct = role === 'duty' || role === 'commander' || role === 'admin';
  const since = drive ? toMs(drive.since) : NaN;
  const problem = fault ?? drill.fault;

  const change = async ({ driver, version }: DriveCard) => {
    setFault(undefined);
    try {
      const body = { driver: driver === 'simulator' ? 'person' : 'simulator', version };
      await askRaw('/api/drive', { method: 'POST', body });
    } catch (thrown) {
      setFault(thrown);
    }
  };

  return (
    <Panel title={text.wall.drive} {...state} state={drive ? state.state : 'none'} className="drive">
      {drive && (
        <>
          <p className="drive-who">
            <b>{text.wall.driver[drive.driver]}</b>
            <span>
              {text.wall.driverSince(momentText(since, now, settings.timeZone), ageText(now - since, text))}
            </span>
            {mayAct && (
              <button type="button" className="button" onClick={() => void change(drive)}>
                {drive.driver === 'simulator' ? text.wall.takeOver : text.wall.handBack}
              </button>
            )}
          </p>
          {drive.drill && toMs(drive.drill.until) > now ? (
            <p className="drive-drill">
              <b>{text.wall.drill}</b> {text.category[drive.drill.category]}{' '}
              {spanText(toMs(drive.drill.until) - now, text)}
            </p>
          ) : (
            mayAct && <DrillChoice drill={drill} />
          )}
          {problem !== undefined && <p className="fault">{sentenceOf(problem, text)}</p>}
        </>
      )}
    </Panel>
  );
}

function DrillChoice({ drill }: { drill: Drill }) {
  const text = useText();
  if (drill.picking)
    return (
      <p className="drive-drill">
        <b className="is-picking">{text.wall.drillPick}</b>
        <button type="button" className="button" onClick={() => drill.pick(undefined)}>
          {text.wall.drillCancel}
        </button>
      </p>
    );
  return (
    <p className="drive-drill">
      <label htmlFor="drill-category">{text.wall.drill}</label>
      <select
        id="drill-category"
        className="button"
        value=""
        onChange={({ target }) => drill.pick(CATEGORIES.find((category) => category === target.value))}
      >
        <option value="" disabled>
          {text.wall.drillCategory}
        </option>
        {CATEGORIES.map((category) => (
          <option key={category} value={category}>
            {text.category[category]}
          </option>
        ))}
      </select>
    </p>
  );
}
