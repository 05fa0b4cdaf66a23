import { isInRing } from '@app/shared';
import { type KeyboardEvent, useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { download } from '../../../link/download.js';
import { newKey } from '../../../link/http.js';
import { useInstallation } from '../../../link/installation.js';
import type { DrawMode, Drawn, DrawTool } from '../../../map/draw-tool.js';
import { useGround } from '../../../store/use-ground.js';
import { useText } from '../../../ui/catalogue.js';
import { Age } from '../../../ui/panel.js';
import { useChange } from '../../admin/use-change.js';
import { FaultNote } from '../../desk/fault-note.js';
import { type Edit, editOf, newBeat, newPoint, type Shape, shapesOf } from './ground-draft.js';
import { useGroundDraft } from './ground-draft.store.js';
import { GroundMap } from './ground-map.js';
import { ImportPanel } from './import-panel.js';
import { ShapeList } from './shape-list.js';
import { ShapeSheet } from './shape-sheet.js';
import { useSaveDraft } from './use-save-draft.js';
import './ground.css';

const DRAWERS: readonly string[] = ['commander', 'admin', 'staff'];
const MODES = ['select', 'beat', 'point'] as const;

/** Beats and places of a centre and all below it: seen, drawn, changed, taken from a file and given as one. */
export function GroundView({ scope }: { scope: string }) {
  const text = useText();
  const { session } = useInstallation();
  const ground = useGround(scope);
  const { draft, step, belongTo } = useGroundDraft();
  const [mode, setMode] = useState<DrawMode>('select');
  const [picked, setPicked] = useState<string>();
  const tool = useRef<DrawTool>(null);
  const saving = useSaveDraft(ground.reload);
  const exporting = useChange(() => undefined);
  useEffect(() => belongTo(session.account.id), [belongTo, session.account.id]);
  useLeaveWarning(draft.edits.size > 0);
  const { value } = ground;
  const shapes = useMemo(() => (value ? shapesOf(value, draft.edits) : []), [value, draft.edits]);
  const selected = shapes.find(({ key }) => key === picked);
  const mayDraw = DRAWERS.includes(session.account.role);

  const put = (key: string, edit: Edit, field?: string) => {
    saving.forgive(key);
    step({ do: 'put', key, edit, ...(field === undefined ? {} : { field }) });
  };
  const onSelect = useCallback((key: string) => {
    setPicked(key);
    setMode('select');
  }, []);
  const onDrawn = (drawn: Drawn) => {
    const key = `new-${newKey()}`;
    const count = shapes.filter(({ kind, version }) => kind === drawn.kind && version === 0).length + 1;
    const edit =
      drawn.kind === 'beat'
        ? newBeat(scope, drawn.polygon, text.ground.newBeat(count))
        : newPoint(scope, drawn.place, {
            hans: text.ground.newPoint(count),
            beat: beatAt(shapes, drawn.place),
          });
    put(key, edit);
    onSelect(key);
  };
  const onReshaped = (key: string, drawn: Drawn) => {
    const shape = shapes.find((one) => one.key === key);
    const edit = shape && reshaped(editOf(shape), drawn);
    if (edit) put(key, edit);
  };
  const undo = () => {
    if (!tool.current?.undo()) step({ do: 'undo' });
  };
  const remove = () => {
    if (selected?.mayChange) put(selected.key, { ...editOf(selected), isRemoved: !selected.isRemoved });
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Escape') return setMode('select');
    if (isWriting(event.target)) return undefined;
    const isBack = event.key.toLowerCase() === 'z' && (event.ctrlKey || event.metaKey);
    if (isBack && !event.shiftKey) undo();
    else if (isBack || (event.key.toLowerCase() === 'y' && event.ctrlKey)) step({ do: 'redo' });
    else if (event.key === 'Delete') remove();
    else return undefined;
    return event.preventDefault();
  };

  const labels = { select: text.ground.select, beat: text.ground.drawBeat, point: text.ground.drawPoint };
  const count = draft.edits.size;
  return (
    <div className="patrol ground" onKeyDown={onKeyDown}>
      <section className="ground-main">
        <div className="filters">
          {mayDraw && (
            <span className="tabs" role="toolbar">
              {MODES.map((known) => (
                <button
                  key={known}
                  type="button"
                  className="button"
                  aria-pressed={mode === known}
                  onClick={() => setMode(known)}
                >
                  {labels[known]}
                </button>
              ))}
              <button
                type="button"
                className="button"
                disabled={mode === 'select' && draft.past.length === 0}
                onClick={undo}
              >
                {text.ground.undo}
              </button>
              <button
                type="button"
                className="button"
                disabled={draft.future.length === 0}
                onClick={() => step({ do: 'redo' })}
              >
                {text.ground.redo}
              </button>
            </span>
          )}
          {mayDraw && <ImportPanel centre={scope} onDone={ground.reload} />}
          <button
            type="button"
            className="button"
            disabled={exporting.isBusy}
            onClick={() =>
              void exporting.run(() => download(`/api/patrol-features?centre=${scope}`, 'beats.geojson'))
            }
          >
            {text.ground.exportFile}
          </button>
          <Age at={ground.readAt} />
          {mayDraw && (
            <span className="ground-save">
              <button
                type="button"
                className="button"
                disabled={count === 0}
                onClick={() => step({ do: 'discard' })}
              >
                {text.ground.discard}
              </button>
              <button
                type="button"
                className="button is-primary"
                disabled={count === 0 || saving.isBusy}
                onClick={() => void saving.save()}
              >
                {count === 0 ? text.ground.saved : text.ground.save(count)}
              </button>
            </span>
          )}
        </div>
        <FaultNote fault={ground.fault ?? exporting.fault} onRetry={ground.reload} />
        <GroundMap
          scope={scope}
          shapes={shapes}
          selected={selected}
          mode={mode}
          tool={tool}
          onSelect={onSelect}
          onDrawn={onDrawn}
          onReshaped={onReshaped}
        />
      </section>
      <aside className="patrol-side">
        {!mayDraw && <p className="patrol-part soft">{text.ground.readOnly}</p>}
        {value && <ShapeList shapes={shapes} selected={picked} onSelect={onSelect} />}
        {selected ? (
          <ShapeSheet
            key={selected.key}
            shape={selected}
            shapes={shapes}
            fault={saving.faults.get(selected.key)}
            onChange={(edit, field) => put(selected.key, edit, field)}
            onRemove={remove}
            onTheirs={() => {
              saving.forgive(selected.key);
              step({ do: 'settle', key: selected.key });
              ground.reload();
            }}
            onMine={(version) => {
              step({ do: 'rebase', key: selected.key, version });
              void saving.save();
            }}
          />
        ) : (
          value && mayDraw && <p className="patrol-part soft">{text.ground.pickShape}</p>
        )}
        <Refused shapes={shapes} keys={[...saving.faults.keys()]} onSelect={onSelect} />
      </aside>
    </div>
  );
}

interface RefusedProps {
  readonly shapes: readonly Shape[];
  readonly keys: readonly string[];
  readonly onSelect: (key: string) => void;
}

/** What was not saved: none of it is lost. */
function Refused({ shapes, keys, onSelect }: RefusedProps) {
  const text = useText();
  const refused = shapes.filter(({ key }) => keys.includes(key));
  if (refused.length === 0) return null;
  return (
    <section className="patrol-part" role="alert">
      {refused.map(({ key, terms }) => (
        <button key={key} type="button" className="shape-line is-warned" onClick={() => onSelect(key)}>
          {text.ground.notSaved(terms.names.hans)}
        </button>
      ))}
    </section>
  );
}

const isWriting = (target: EventTarget): boolean =>
  target instanceof HTMLInputElement ||
  target instanceof HTMLTextAreaElement ||
  target instanceof HTMLSelectElement;

/** The beat that a place lies in, if any. */
function beatAt(shapes: readonly Shape[], [lng, lat]: readonly [number, number]): string | null {
  const around = shapes.find(
    (shape) =>
      shape.kind === 'beat' &&
      !shape.isRemoved &&
      isInRing(lng, lat, shape.terms.polygon.coordinates[0] ?? []),
  );
  return around?.key ?? null;
}

function reshaped(edit: Edit, drawn: Drawn): Edit | undefined {
  if (edit.kind === 'beat' && drawn.kind === 'beat')
    return { ...edit, terms: { ...edit.terms, polygon: drawn.polygon } };
  if (edit.kind === 'point' && drawn.kind === 'point') {
    const [lng, lat] = drawn.place;
    return { ...edit, terms: { ...edit.terms, lng, lat } };
  }
  return undefined;
}

/** A page that is closed with something unsaved asks first. */
function useLeaveWarning(isUnsaved: boolean): void {
  useEffect(() => {
    if (!isUnsaved) return undefined;
    const warn = (event: BeforeUnloadEvent) => event.preventDefault();
    window.addEventListener('beforeunload', warn);
    return () => window.removeEventListener('beforeunload', warn);
  }, [isUnsaved]);
}
