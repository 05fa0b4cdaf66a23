import {
  BEATS_TOPIC,
  type DutyLevelNumber,
  type PointCover,
  type VisitPlan,
  type VisitPlanDraft,
} from '@app/shared';
import { useMemo, useState } from 'react';
import { GroundLayer } from '../../../layers/ground-layer.js';
import { fetchPlans, type Ground } from '../../../link/ground.js';
import { useInstallation } from '../../../link/installation.js';
import { useFetched } from '../../../link/use-fetched.js';
import { useHintMark } from '../../../store/use-aside.js';
import { useGround } from '../../../store/use-ground.js';
import { useWall } from '../../../store/wall.store.js';
import { useText } from '../../../ui/catalogue.js';
import { Age } from '../../../ui/panel.js';
import { isBelow } from '../../desk/centre-branches.js';
import { DeskMap } from '../../desk/desk-map.js';
import { FaultNote } from '../../desk/fault-note.js';
import { PlanEditor } from './plan-editor.js';
import { PlanLayer } from './plan-layer.js';
import { planPoints } from './plan-points.js';
import { PlanTable } from './plan-table.js';
import '../ground/ground.css';
import '../visits.css';
import './plans.css';

/** The server says when there is something new; this long a hint that was lost can cost. */
const PLANS_MS = 300_000;
const CHANGERS: readonly string[] = ['commander', 'admin', 'staff'];
const NONE: readonly PointCover[] = [];
const EMPTY: Ground = { beats: [], points: [] };

interface Picked {
  readonly team: string;
  readonly level: DutyLevelNumber;
}

/** Which team visits what under which duty level, in the list and on the map. */
export function PlansView({ scope }: { scope: string }) {
  const text = useText();
  const { session, centres } = useInstallation();
  const { value: ground = EMPTY, ...groundRead } = useGround(scope);
  const mark = useHintMark(BEATS_TOPIC);
  const plans = useFetched({
    subject: scope,
    mark,
    everyMs: PLANS_MS,
    read: (signal) => fetchPlans(scope, signal),
  });
  const teams = useWall((wall) => wall.teams);
  const mine = useMemo(
    () =>
      [...teams.values()]
        .filter(({ centre }) => isBelow(centres, centre, scope))
        .sort((a, b) => (a.callSign < b.callSign ? -1 : 1)),
    [teams, scope, centres],
  );
  const planned = new Set(plans.value?.map((plan) => plan.team));
  const listed = [...mine.filter(({ id }) => planned.has(id)), ...mine.filter(({ id }) => !planned.has(id))];
  const [picked, setPicked] = useState<Picked>();
  // What was changed and not saved, by team and level: kept while another one is looked at.
  const [changed, setChanged] = useState<ReadonlyMap<string, VisitPlanDraft>>(new Map());
  const keyOf = ({ team, level }: Picked) => `${team} ${level}`;
  const forget = (of: Picked) =>
    setChanged((held) => new Map([...held].filter(([key]) => key !== keyOf(of))));
  const team = picked && mine.find(({ id }) => id === picked.team);
  const draft = picked && (changed.get(keyOf(picked)) ?? draftOf(plans.value ?? [], picked));
  return (
    <div className="patrol plans">
      <section className="plans-main">
        <div className="filters">
          <b>{text.ground.plansOf}</b>
          <Age at={plans.readAt} />
        </div>
        <FaultNote fault={plans.fault ?? groundRead.fault} onRetry={plans.reload} />
        {plans.value && (
          <PlanTable
            teams={listed}
            plans={plans.value}
            ground={ground}
            picked={picked}
            onPick={(id, level) => setPicked({ team: id, level })}
          />
        )}
        <PlanMap scope={scope} ground={ground} draft={draft} />
      </section>
      <aside className="patrol-side">
        {picked && team && draft ? (
          <PlanEditor
            key={keyOf(picked)}
            callSign={team.callSign}
            draft={draft}
            ground={ground}
            isChanged={changed.has(keyOf(picked))}
            mayChange={CHANGERS.includes(session.account.role)}
            onDraft={(next) => setChanged((held) => new Map([...held, [keyOf(picked), next]]))}
            onSaved={() => {
              forget(picked);
              plans.reload();
            }}
            onTheirs={() => {
              forget(picked);
              plans.reload();
            }}
          />
        ) : (
          <p className="patrol-part soft">{text.ground.pickPlan}</p>
        )}
      </aside>
    </div>
  );
}

function draftOf(plans: readonly VisitPlan[], { team, level }: Picked): VisitPlanDraft {
  const plan = plans.find((one) => one.team === team && one.level === level);
  if (!plan) return { team, level, order: 'free', beats: [], checkpoints: [], version: 0 };
  const { order, beats, checkpoints, version } = plan;
  return { team, level, order, beats, checkpoints, version };
}

interface PlanMapProps {
  readonly scope: string;
  readonly ground: Ground;
  readonly draft: VisitPlanDraft | undefined;
}

/** The ground, or of one plan alone what it visits. */
function PlanMap({ scope, ground, draft }: PlanMapProps) {
  const points = useMemo(() => (draft ? planPoints(draft, ground.points) : []), [draft, ground]);
  const shown = useMemo(
    () => (draft ? { beats: ground.beats.filter(({ id }) => draft.beats.includes(id)), points: [] } : ground),
    [draft, ground],
  );
  return (
    <div className="desk-map plan-map">
      <DeskMap centre={scope}>
        {() => (
          <>
            <GroundLayer ground={shown} covers={NONE} />
            <PlanLayer points={points} isOrdered={draft?.order === 'fixed'} />
          </>
        )}
      </DeskMap>
    </div>
  );
}
