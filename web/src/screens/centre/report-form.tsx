import {
  CATEGORIES,
  INCIDENT_LABELS,
  type IncidentLabel,
  type LngLat,
  SEVERITIES,
  type Severity,
  SOURCES,
} from '@app/shared';
import { Input, Radio, Select } from 'antd';
import { type KeyboardEvent, useCallback, useMemo, useRef } from 'react';
import { IncidentLayer } from '../../layers/incident-layer.js';
import { PickLayer } from '../../layers/pick-layer.js';
import { HttpFault } from '../../link/http.js';
import { useInstallation } from '../../link/installation.js';
import { CATALOGUE, useText } from '../../ui/catalogue.js';
import { SeverityMark } from '../../ui/severity-mark.js';
import { DeskMap } from '../desk/desk-map.js';
import { FaultNote } from '../desk/fault-note.js';
import { PlaceFields } from './place-fields.js';
import { ReportDone } from './report-done.js';
import { useDraftWord } from './use-draft-word.js';
import { ReportDuplicates } from './report-duplicates.js';
import { useReport } from './use-report.js';

/** The report form with its map. By keyboard alone: Tab through the fields, letters find, Enter sends. */
export function ReportForm({ scope, onOpen }: { scope: string; onOpen: (incident: string) => void }) {
  const text = useText();
  const { session } = useInstallation();
  const desk = useReport(session.account.id);
  const { draft, lacks, fault, isSending, done, change } = desk;
  useDraftWord(draft, done !== undefined);
  const form = useRef<HTMLFormElement>(null);
  const categories = useCategoryOptions();
  const pick = useCallback(
    ([lng, lat]: LngLat) => change({ lng: rounded(lng), lat: rounded(lat) }),
    [change],
  );
  const { lng, lat } = draft;
  const place = useMemo(
    (): LngLat | undefined => (lng === null || lat === null ? undefined : [lng, lat]),
    [lng, lat],
  );
  const doesLack = (lack: (typeof lacks)[number]) => lacks.includes(lack);

  const onKeyDown = (event: KeyboardEvent) => {
    const isField = event.target instanceof HTMLInputElement || event.target instanceof HTMLTextAreaElement;
    // A list that is open, with one of its lines chosen, takes Enter for itself; in a text of several lines Enter is a line, with Ctrl it sends.
    const isOpenList =
      event.target instanceof HTMLElement &&
      event.target.getAttribute('aria-expanded') === 'true' &&
      !event.target.getAttribute('aria-activedescendant')?.endsWith('_-1');
    const isLines = event.target instanceof HTMLTextAreaElement && !event.ctrlKey && !event.metaKey;
    if (event.key !== 'Enter' || !isField || isOpenList || isLines || event.nativeEvent.isComposing) return;
    // Before the field hears of it: a closed list would open.
    event.preventDefault();
    event.stopPropagation();
    form.current?.requestSubmit();
  };

  return (
    <div className="report">
      {done ? (
        <ReportDone incident={done} onNext={desk.startOver} onOpen={() => onOpen(done.id)} />
      ) : (
        <form
          ref={form}
          className="report-form"
          aria-label={text.desk.reportTitle}
          onKeyDownCapture={onKeyDown}
          onSubmit={(event) => {
            event.preventDefault();
            void desk.send();
          }}
        >
          <label htmlFor="report-category">{text.desk.category}</label>
          <Select
            id="report-category"
            autoFocus
            value={draft.category}
            options={categories}
            showSearch={{
              filterOption: (typed, option) => option?.words.includes(typed.toLowerCase()) ?? false,
            }}
            placeholder={text.desk.categoryHint}
            status={doesLack('category') ? 'error' : ''}
            onChange={(category) => change({ category })}
          />
          <span id="report-severity">{text.desk.severity}</span>
          <Radio.Group
            className="grades"
            aria-labelledby="report-severity"
            value={draft.severity}
            onChange={({ target }) => change({ severity: target.value as Severity })}
          >
            {SEVERITIES.map((grade) => (
              <Radio key={grade} value={grade}>
                <SeverityMark severity={grade} size={1.25} /> {text.severity[grade]}
              </Radio>
            ))}
          </Radio.Group>
          <PlaceFields
            draft={draft}
            change={change}
            isWrong={{ lng: doesLack('lng'), lat: doesLack('lat') }}
          />
          <label htmlFor="report-source">{text.desk.source}</label>
          <Select
            id="report-source"
            value={draft.source}
            options={SOURCES.map((source) => ({ value: source, label: text.source[source] }))}
            showSearch={{ optionFilterProp: 'label' }}
            onChange={(source) => change({ source })}
          />
          <label htmlFor="report-phone">{text.desk.callerPhone}</label>
          <Input
            id="report-phone"
            value={desk.phone}
            inputMode="tel"
            autoComplete="off"
            maxLength={25}
            status={desk.isPhoneWrong ? 'error' : ''}
            placeholder={text.desk.callerPhoneHint}
            onChange={({ target }) => desk.changePhone(target.value)}
          />
          <label htmlFor="report-text">{text.desk.description}</label>
          <Input.TextArea
            id="report-text"
            value={draft.description}
            maxLength={4000}
            autoSize={{ minRows: 3, maxRows: 6 }}
            placeholder={text.desk.descriptionHint}
            onChange={({ target }) => change({ description: target.value })}
          />
          <span id="report-label">{text.privacy.labelOf}</span>
          <Radio.Group
            className="grades"
            aria-labelledby="report-label"
            value={draft.label}
            onChange={({ target }) => change({ label: target.value as IncidentLabel })}
          >
            {INCIDENT_LABELS.map((label) => (
              <Radio key={label} value={label}>
                {text.privacy.label[label]}
              </Radio>
            ))}
          </Radio.Group>
          <div className="report-foot">
            {draft.label === 'sensitive' && <p className="facts-sensitive">{text.privacy.sensitiveHint}</p>}
            {lacks.length > 0 && (
              <p className="is-warned">
                {text.desk.lacks(lacks.map((lack) => text.desk.lackOf[lack]).join(text.listComma))}
              </p>
            )}
            <ReportDuplicates draft={draft} onOpen={onOpen} />
            <FaultNote fault={fault} />
            {fault instanceof HttpFault && fault.code === 'idempotency.mismatch' && (
              <button type="button" className="button" onClick={() => void desk.sendAnew()}>
                {text.desk.sendAnew}
              </button>
            )}
            <div className="note-acts">
              <button type="submit" className="button is-primary" disabled={isSending}>
                {isSending ? text.desk.sending : text.desk.report}
              </button>
              <button type="button" className="button" disabled={isSending} onClick={desk.startOver}>
                {text.desk.clearDraft}
              </button>
              <span className="soft">{text.desk.draftKept}</span>
            </div>
          </div>
        </form>
      )}
      <div className="desk-map is-picking">
        <DeskMap centre={scope} place={place}>
          {() => (
            <>
              <IncidentLayer />
              <PickLayer place={place} onPick={done ? undefined : pick} />
            </>
          )}
        </DeskMap>
      </div>
    </div>
  );
}

/** About a tenth of a metre: more would pretend. */
const rounded = (degrees: number): number => Math.round(degrees * 1e6) / 1e6;

/** Categories by their name in every language and their key, so that any of them finds one. */
function useCategoryOptions() {
  const text = useText();
  return useMemo(
    () =>
      CATEGORIES.map((category) => ({
        value: category,
        label: text.category[category],
        words: [category, ...Object.values(CATALOGUE).map((texts) => texts.category[category])]
          .join(' ')
          .toLowerCase(),
      })),
    [text],
  );
}
