import { type Evidence, type Incident, toMs } from '@app/shared';
import { type DragEvent, useRef, useState } from 'react';
import { download } from '../../link/download.js';
import { evidencePath } from '../../link/evidence.js';
import { sentenceOf } from '../../link/http.js';
import { useInstallation } from '../../link/installation.js';
import { usePerson } from '../../link/use-person.js';
import { useText } from '../../ui/catalogue.js';
import { momentText } from '../../ui/time-format.js';
import { useNow } from '../../ui/use-now.js';
import { FaultNote } from './fault-note.js';
import { type Sending, useEvidence } from './use-evidence.js';
import './incident-evidence.css';

export interface IncidentEvidenceProps {
  readonly incident: Pick<Incident, 'id' | 'version' | 'evidence'>;
  readonly onKept: () => void;
}

/** Photographs and files of an incident: shown small, saved by a click, added by button or by dropping them here. */
export function IncidentEvidence({ incident, onKept }: IncidentEvidenceProps) {
  const text = useText();
  const seen = incident.evidence?.map((wanted) => wanted.seen) ?? [];
  const desk = useEvidence(incident.id, [incident.version, ...seen].join(), onKept);
  const [saveFault, setSaveFault] = useState<unknown>();
  const [isOver, setOver] = useState(false);
  const picker = useRef<HTMLInputElement>(null);
  const save = async ({ id, name }: Evidence) => {
    setSaveFault(undefined);
    await download(evidencePath(id), name).catch(setSaveFault);
  };
  const onDrop = (event: DragEvent) => {
    event.preventDefault();
    setOver(false);
    desk.add(event.dataTransfer.files);
  };
  return (
    <section
      className={`evidence ${isOver ? 'is-over' : ''}`}
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={onDrop}
    >
      <header>
        <h4>{text.desk.evidence(desk.items?.length ?? 0)}</h4>
        <button type="button" className="button" onClick={() => picker.current?.click()}>
          {text.desk.addEvidence}
        </button>
        <span className="soft">{text.desk.evidenceHint}</span>
        <input
          ref={picker}
          type="file"
          multiple
          hidden
          accept="image/jpeg,image/png,image/webp,.pdf,.docx,.xlsx"
          aria-label={text.desk.addEvidence}
          onChange={({ target }) => {
            desk.add(target.files ?? []);
            target.value = '';
          }}
        />
      </header>
      <FaultNote fault={desk.fault ?? saveFault} onClose={() => setSaveFault(undefined)} />
      <ul>
        {desk.items?.map((item) => (
          <Piece key={item.id} item={item} onSave={() => void save(item)} />
        ))}
        {desk.sending.map((one) => (
          <OnItsWay
            key={one.key}
            sending={one}
            onAgain={() => desk.again(one)}
            onDrop={() => desk.drop(one.key)}
          />
        ))}
      </ul>
    </section>
  );
}

function Piece({ item, onSave }: { item: Evidence; onSave: () => void }) {
  const text = useText();
  const personName = usePerson();
  const now = useNow();
  const { settings } = useInstallation();
  const { id, name, type, by, at } = item;
  return (
    <li>
      <button type="button" title={`${text.desk.saveEvidence} ${name}`} onClick={onSave}>
        {type.startsWith('image/') ? (
          <img src={evidencePath(id)} alt={name} loading="lazy" decoding="async" />
        ) : (
          <b>{name.split('.').at(-1)?.toUpperCase()}</b>
        )}
      </button>
      <span className="evidence-name">{name}</span>
      <span className="soft">
        {momentText(toMs(at), now, settings.timeZone)} {personName(by)}
      </span>
    </li>
  );
}

function OnItsWay({
  sending,
  onAgain,
  onDrop,
}: {
  sending: Sending;
  onAgain: () => void;
  onDrop: () => void;
}) {
  const text = useText();
  const { file, part, fault } = sending;
  if (fault === undefined)
    return (
      <li>
        <progress value={part} aria-label={file.name} />
        <span className="evidence-name">{file.name}</span>
        <span className="soft">{part < 1 ? `${Math.round(part * 100)} %` : text.desk.examining}</span>
      </li>
    );
  return (
    <li className="is-refused" role="alert">
      <span className="evidence-name">{file.name}</span>
      <span>{sentenceOf(fault, text)}</span>
      <span className="note-acts">
        <button type="button" className="button" onClick={onAgain}>
          {text.desk.retry}
        </button>
        <button type="button" className="button" onClick={onDrop}>
          {text.wall.close}
        </button>
      </span>
    </li>
  );
}
