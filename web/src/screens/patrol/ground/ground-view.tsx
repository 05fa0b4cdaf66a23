import { type KeyboardEvent, useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { newKey } from '../../../link/http.js';
import { useInstallation } from '../../../link/installation.js';
import type { DrawMode, Drawn, DrawTool } from '../../../map/draw-tool.js';
import { useGround } from '../../../store/use-ground.js';
import { useText } from '../../../ui/catalogue.js';
import { FaultNote } from '../../desk/fault-note.js';
import { beatAt, reshaped } from './drawn-shapes.js';
import { type Edit, editOf, newBeat, newPoint, type Shape, shapesOf } from './ground-draft.js';
import { useGroundDraft } from './ground-draft.store.js';
import { GroundMap } from './ground-map.js';
import { GroundToolbar } from './ground-toolbar.js';
import { ShapeList } from './shape-list.js';
import { ShapeSheet } from './shape-sheet.js';
import { useSaveDraft } from './use-save-draft.js';
import './ground.css';

const DRAWERS: readonly string[] = ['commander', 'admin', 'staff'];

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

  return (
    <div className="patrol ground" onKeyDown={onKeyDown}>
      <section className="ground-main">
        <GroundToolbar
          scope={scope}
          mode={mode}
          mayDraw={mayDraw}
          isSaving={saving.isBusy}
          readAt={ground.readAt}
          onMode={setMode}
          onUndo={undo}
          onSave={() => void saving.save()}
          onImported={ground.reload}
        />
        <FaultNote fault={ground.fault} onRetry={ground.reload} />
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
        {value && <ShapeList shapes={shapes} readAt={ground.readAt} selected={picked} onSelect={onSelect} />}
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

/** A page that is closed with something unsaved asks first. */
function useLeaveWarning(isUnsaved: boolean): void {
  useEffect(() => {
    if (!isUnsaved) return undefined;
    const warn = (event: BeforeUnloadEvent) => event.preventDefault();
    window.addEventListener('beforeunload', warn);
    return () => window.removeEventListener('beforeunload', warn);
  }, [isUnsaved]);
}
