import {
  type Deviation,
  DEVIATION_BOUNDS,
  DEVIATIONS,
  DeviationRule,
  DUTY_LEVELS,
  FORCES,
  MODES,
} from '@app/shared';
import { useText } from '../../ui/catalogue.js';
import { spanText } from '../../ui/time-format.js';
import { boundsOf, EMPTIED, NumberField } from './number-field.js';
import { Picked } from './picked.js';
import { RemoveCell } from './remove-cell.js';
import type { RuleFault } from './rule-faults.js';

const { shape } = DeviationRule;

interface DeviationRuleRowProps {
  readonly rule: DeviationRule;
  readonly fault: RuleFault | undefined;
  readonly onChange: (rule: DeviationRule) => void;
  readonly onRemove: () => void;
}

/** From when on one kind is a deviation, and for whom; below it what is wrong with what was written. */
export function DeviationRuleRow({ rule, fault, onChange, onRemove }: DeviationRuleRowProps) {
  const text = useText();
  const words = text.deviation.rules;
  const { kind, level, force, mode, afterS, clearS, bound } = rule;
  const unit = DEVIATION_BOUNDS[kind];
  const isOff = afterS === null;
  const put = (more: Partial<DeviationRule>) => onChange({ ...rule, ...more });
  return (
    <>
      <tr className={isOff ? 'is-over' : ''}>
        <td>
          <Picked
            options={DEVIATIONS}
            value={kind}
            textOf={(key) => text.deviation.kind[key]}
            onPick={(next) => next && put({ kind: next, bound: boundFor(next, rule) })}
          />
        </td>
        <td>
          <Picked
            options={DUTY_LEVELS}
            value={level}
            any={words.any}
            textOf={(key) => text.patrol.level[key]}
            onPick={(next) => put({ level: next })}
          />
        </td>
        <td>
          <Picked
            options={FORCES}
            value={force}
            any={words.any}
            textOf={(key) => text.force[key]}
            onPick={(next) => put({ force: next })}
          />
        </td>
        <td>
          <Picked
            options={MODES}
            value={mode}
            any={words.any}
            textOf={(key) => text.mode[key]}
            onPick={(next) => put({ mode: next })}
          />
        </td>
        <td>
          <input
            type="checkbox"
            checked={!isOff}
            aria-label={words.isJudged}
            onChange={({ target }) => put({ afterS: target.checked ? FIRST_AFTER_S : null })}
          />
        </td>
        <td>
          <NumberField
            {...boundsOf(shape.afterS.unwrap())}
            value={afterS}
            label={words.after}
            isLocked={isOff}
            isWrong={fault === 'after'}
            onChange={(next) => put({ afterS: next ?? EMPTIED })}
          />{' '}
          <span className="soft">
            {isOff ? words.never : fault !== 'after' && spanText(afterS * 1_000, text)}
          </span>
        </td>
        <td>
          {unit !== null && (
            <>
              <NumberField
                {...boundsOf(shape.bound.unwrap())}
                value={bound}
                label={words.bound}
                isLocked={isOff}
                isWrong={fault === 'bound' || fault === 'no-bound'}
                onChange={(next) => put({ bound: next })}
              />{' '}
              {words.unit[unit]}
            </>
          )}
        </td>
        <td>
          <NumberField
            {...boundsOf(shape.clearS)}
            value={clearS}
            label={words.clear}
            isLocked={isOff}
            isWrong={fault === 'clear'}
            onChange={(next) => put({ clearS: next ?? EMPTIED })}
          />
        </td>
        <RemoveCell onRemove={onRemove} />
      </tr>
      {fault && (
        <tr>
          <td colSpan={9} className="is-warned" role="alert">
            {words.fault[fault]}
          </td>
        </tr>
      )}
    </>
  );
}

const FIRST_AFTER_S = 600;

/** Metres say nothing of a speed: what was meant for another unit is asked for again. */
const boundFor = (next: Deviation, { kind, bound }: DeviationRule): number | null =>
  DEVIATION_BOUNDS[next] === DEVIATION_BOUNDS[kind] ? bound : null;
