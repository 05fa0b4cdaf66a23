import { CATEGORIES, type Category, SEVERITIES, type Severity } from '@app/shared';
import { useState } from 'react';
import type { Kept } from '../../link/handheld-box.js';
import { handheldSync } from '../../store/handheld.store.js';
import { useText } from '../../ui/catalogue.js';
import { ChoiceGroup } from './choice-group.js';
import { Sheet } from './sheet.js';
import type { Place } from './use-place.js';

interface ReportSheetProps {
  readonly kept: Kept;
  readonly place: Place | undefined;
  readonly onClose: () => void;
}

/** Reports what the crew sees, with a photograph: where this machine is, else where the team was last. */
export function ReportSheet({ kept, place, onClose }: ReportSheetProps) {
  const text = useText();
  const [category, setCategory] = useState<Category>('hazard');
  const [severity, setSeverity] = useState<Severity>(4);
  const [words, setWords] = useState('');
  const [photo, setPhoto] = useState<File>();
  const where = place ?? kept.handheld.team.position;
  const send = async () => {
    if (!where) return;
    const { lng, lat } = where;
    const occurredAt = new Date(handheldSync.serverNow()).toISOString();
    const description = words.trim();
    const report = { category, severity, lng, lat, occurredAt, ...(description ? { description } : {}) };
    const about = text.category[category];
    const id = await handheldSync.add({ kind: 'report', report }, about);
    if (photo) {
      const { name, type } = photo;
      const bytes = await photo.arrayBuffer();
      await handheldSync.add({ kind: 'photo', incident: null, report: id, name, type, bytes }, about);
    }
    onClose();
  };
  return (
    <Sheet title={text.handheld.report} onClose={onClose}>
      <ChoiceGroup
        label={text.handheld.what}
        options={CATEGORIES}
        value={category}
        textOf={(one) => text.category[one]}
        onPick={setCategory}
      />
      <ChoiceGroup
        label={text.handheld.howGrave}
        className="is-grade"
        options={SEVERITIES}
        value={severity}
        textOf={(one) => `${text.severityLevel[one]} ${text.severity[one]}`}
        onPick={setSeverity}
      />
      <label>
        {text.handheld.words}
        <textarea value={words} maxLength={1000} onChange={({ target }) => setWords(target.value)} />
      </label>
      <label className="hh-button">
        {photo ? photo.name : text.handheld.photo}
        <input
          type="file"
          accept="image/*"
          capture="environment"
          onChange={({ target }) => setPhoto(target.files?.[0])}
        />
      </label>
      <p className="hh-soft">
        {place
          ? text.handheld.hereBy(Math.round(place.accuracyM))
          : where
            ? text.handheld.lastPlace
            : text.handheld.noPlace}
      </p>
      <button type="button" className="hh-wide is-main" disabled={!where} onClick={() => void send()}>
        {text.handheld.send}
      </button>
    </Sheet>
  );
}
