import { BEAT_RINGS, type BeatRing } from '@app/shared';
import { useState } from 'react';
import { useText } from '../../../ui/catalogue.js';
import { readCorners, writeCorners } from './corners.js';
import type { BeatEdit } from './ground-draft.js';
import { NameFields } from './name-fields.js';

interface BeatFormProps {
  readonly edit: BeatEdit;
  readonly isLocked: boolean;
  /** `field`: what was written, so that one undo takes back a whole word. */
  readonly onChange: (edit: BeatEdit, field?: string) => void;
}

/** A beat's name, ring and corners; these can be written as well as dragged. */
export function BeatForm({ edit, isLocked, onChange }: BeatFormProps) {
  const text = useText();
  const { terms } = edit;
  const set = (part: Partial<BeatEdit['terms']>, field?: string) =>
    onChange({ ...edit, terms: { ...terms, ...part } }, field);
  return (
    <fieldset className="shape-form" disabled={isLocked}>
      <NameFields names={terms.names} onChange={(names, field) => set({ names }, field)} />
      <label>
        {text.ground.ofRing}
        <select
          className="button"
          value={terms.ring}
          onChange={({ target }) => set({ ring: target.value as BeatRing })}
        >
          {BEAT_RINGS.map((ring) => (
            <option key={ring} value={ring}>
              {text.ground.ring[ring]}
            </option>
          ))}
        </select>
      </label>
      <Corners
        key={JSON.stringify(terms.polygon)}
        polygon={terms.polygon}
        onShape={(polygon) => set({ polygon })}
      />
    </fieldset>
  );
}

interface CornersProps {
  readonly polygon: BeatEdit['terms']['polygon'];
  readonly onShape: (polygon: BeatEdit['terms']['polygon']) => void;
}

function Corners({ polygon, onShape }: CornersProps) {
  const text = useText();
  const [written, setWritten] = useState(() => writeCorners(polygon));
  const [wrong, setWrong] = useState<string>();
  const apply = () => {
    const read = readCorners(written);
    if ('polygon' in read) onShape(read.polygon);
    else setWrong('badLine' in read ? text.ground.cornersBad(read.badLine) : text.ground.cornersFew);
  };
  return (
    <details className="corners">
      <summary>{text.ground.corners}</summary>
      <textarea
        className="field"
        rows={5}
        value={written}
        aria-label={text.ground.corners}
        onChange={({ target }) => {
          setWrong(undefined);
          setWritten(target.value);
        }}
      />
      {wrong && <p className="is-warned">{wrong}</p>}
      <button type="button" className="button is-small" onClick={apply}>
        {text.ground.applyCorners}
      </button>
    </details>
  );
}
