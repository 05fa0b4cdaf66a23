import type { DutyLevelNumber, TeamCard, VisitPlan } from '@app/shared';
import type { Ground } from '../../../link/ground.js';
import { useText } from '../../../ui/catalogue.js';
import { PLAN_LEVELS, planPoints, planVisits } from './plan-points.js';

interface PlanTableProps {
  readonly teams: readonly TeamCard[];
  readonly plans: readonly VisitPlan[];
  readonly ground: Ground;
  readonly picked: { readonly team: string; readonly level: DutyLevelNumber } | undefined;
  readonly onPick: (team: string, level: DutyLevelNumber) => void;
}

/** Teams by duty level: what each plan asks of a shift. */
export function PlanTable({ teams, plans, ground, picked, onPick }: PlanTableProps) {
  const text = useText();
  if (teams.length === 0) return <p className="panel-empty">{text.ground.noTeams}</p>;
  const asks = (plan: VisitPlan | undefined, level: DutyLevelNumber): string => {
    if (!plan) return level === 3 ? text.ground.noPlan : '—';
    return text.ground.planAsksShort(planPoints(plan, ground.points).length, planVisits(plan, ground.points));
  };
  return (
    <div className="visits-box plan-table">
      <table className="visits">
        <thead>
          <tr>
            <th>{text.desk.callSign}</th>
            {PLAN_LEVELS.map((level) => (
              <th key={level}>{text.patrol.level[level]}</th>
            ))}
          </tr>
        </thead>
        <tbody>
          {teams.map(({ id, callSign }) => (
            <tr key={id} className={picked?.team === id ? 'is-picked' : ''}>
              <td>{callSign}</td>
              {PLAN_LEVELS.map((level) => (
                <td key={level}>
                  <button
                    type="button"
                    className="visit-open"
                    aria-label={`${callSign} ${text.patrol.level[level]}`}
                    aria-pressed={picked?.team === id && picked.level === level}
                    onClick={() => onPick(id, level)}
                  >
                    {asks(
                      plans.find((plan) => plan.team === id && plan.level === level),
                      level,
                    )}
                  </button>
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
