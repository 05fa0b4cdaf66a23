import { FORCES, nameIn, POINT_KINDS, type PointKind } from '@app/shared';
import { InputNumber } from 'antd';
import { useLanguage, useText } from '../../../ui/catalogue.js';
import type { BeatEdit, PointEdit, PointTerms, Shape } from './ground-draft.js';
import { HoursFields } from './hours-fields.js';
import { NameFields } from './name-fields.js';

/** Levels in the order in which they are read: what is usual first. */
const LEVELS = [3, 2, 1, 4] as const;

interface PointFormProps {
  readonly edit: PointEdit;
  /** Beats that it may lie in. */
  readonly beats: readonly (Shape & BeatEdit)[];
  readonly isLocked: boolean;
  readonly onChange: (edit: PointEdit, field?: string) => void;
}

type Set = (part: Partial<PointTerms>, field?: string) => void;

/** What a place asks for: how near, how long, how often under which level, within which hours, and who together. */
export function PointForm({ edit, beats, isLocked, onChange }: PointFormProps) {
  const text = useText();
  const language = useLanguage((choice) => choice.language);
  const { terms } = edit;
  const set: Set = (part, field) => onChange({ ...edit, terms: { ...terms, ...part } }, field);
  return (
    <fieldset className="shape-form" disabled={isLocked}>
      <NameFields names={terms.names} onChange={(names, field) => set({ names }, field)} />
      <div className="shape-pair">
        <label>
          {text.ground.ofKind}
          <select
            className="button"
            value={terms.kind}
            onChange={({ target }) => set({ kind: target.value as PointKind })}
          >
            {POINT_KINDS.map((kind) => (
              <option key={kind} value={kind}>
                {text.ground.kind[kind]}
              </option>
            ))}
          </select>
        </label>
        <label>
          {text.ground.ofBeat}
          <select
            className="button"
            value={terms.beat ?? ''}
            onChange={({ target }) => set({ beat: target.value === '' ? null : target.value })}
          >
            <option value="">{text.ground.noBeat}</option>
            {beats.map((beat) => (
              <option key={beat.key} value={beat.key}>
                {nameIn(beat.terms.names, language)}
              </option>
            ))}
          </select>
        </label>
        <Count
          label={text.ground.radius}
          value={terms.radiusM}
          range={[20, 500]}
          onCount={(radiusM) => set({ radiusM }, 'radius')}
        />
        <Count
          label={text.ground.dwell}
          value={terms.dwellS}
          range={[30, 3600]}
          onCount={(dwellS) => set({ dwellS }, 'dwell')}
        />
      </div>
      <Place terms={terms} set={set} />
      <Visits terms={terms} set={set} />
      <HoursFields windows={terms.windows} onChange={(windows, field) => set({ windows }, field)} />
      <label className="shape-check">
        <input
          type="checkbox"
          checked={terms.isGpsBlind}
          onChange={({ target }) => set({ isGpsBlind: target.checked })}
        />
        {text.ground.gpsBlind}
      </label>
      <div role="group" aria-label={text.ground.together}>
        <span className="soft">{text.ground.together}</span>
        <div className="shape-row">
          {FORCES.map((force) => (
            <label key={force} className="shape-check">
              <input
                type="checkbox"
                checked={terms.forces.includes(force)}
                onChange={({ target }) =>
                  set({
                    forces: target.checked
                      ? [...terms.forces, force]
                      : terms.forces.filter((other) => other !== force),
                  })
                }
              />
              {text.force[force]}
            </label>
          ))}
        </div>
      </div>
    </fieldset>
  );
}

interface CountProps {
  readonly label: string;
  readonly value: number;
  readonly range: readonly [number, number];
  readonly onCount: (count: number) => void;
}

function Count({ label, value, range: [min, max], onCount }: CountProps) {
  return (
    <label>
      {label}
      <InputNumber
        size="small"
        min={min}
        max={max}
        precision={0}
        value={value}
        aria-label={label}
        onChange={(count) => typeof count === 'number' && onCount(count)}
      />
    </label>
  );
}

interface PartProps {
  readonly terms: PointTerms;
  readonly set: Set;
}

function Place({ terms, set }: PartProps) {
  const text = useText();
  const label = (axis: string) => `${text.ground.place} ${axis}`;
  return (
    <div>
      <span className="soft">{text.ground.place}</span>
      <div className="shape-row">
        <InputNumber
          size="small"
          min={-180}
          max={180}
          step={0.0001}
          precision={6}
          value={terms.lng}
          aria-label={label('1')}
          onChange={(lng) => typeof lng === 'number' && set({ lng }, 'lng')}
        />
        <InputNumber
          size="small"
          min={-90}
          max={90}
          step={0.0001}
          precision={6}
          value={terms.lat}
          aria-label={label('2')}
          onChange={(lat) => typeof lat === 'number' && set({ lat }, 'lat')}
        />
      </div>
    </div>
  );
}

/** A level without its own count has that of daily duty under the level's terms. */
function Visits({ terms, set }: PartProps) {
  const text = useText();
  return (
    <div>
      <span className="soft">{text.ground.visitsPerShift}</span>
      <div className="shape-pair">
        {LEVELS.map((level) => (
          <label key={level}>
            {text.patrol.level[level]}
            <InputNumber
              size="small"
              min={0}
              max={24}
              precision={0}
              value={terms.visits[level] ?? null}
              placeholder={text.ground.byLevel}
              aria-label={`${text.ground.visitsPerShift} ${text.patrol.level[level]}`}
              onChange={(count) => set({ visits: withCount(terms.visits, level, count) }, `visits${level}`)}
            />
          </label>
        ))}
      </div>
    </div>
  );
}

function withCount(
  visits: PointTerms['visits'],
  level: (typeof LEVELS)[number],
  count: number | null,
): PointTerms['visits'] {
  if (count !== null) return { ...visits, [level]: count };
  if (level === 3) return visits;
  const { [level]: _gone, ...rest } = visits;
  return rest;
}
