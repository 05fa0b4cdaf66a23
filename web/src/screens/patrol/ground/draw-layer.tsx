import { type RefObject, useEffect, useRef, useState } from 'react';
import { type DrawHandlers, type DrawMode, type Drawn, DrawTool } from '../../../map/draw-tool.js';
import { useEngine, useUnit } from '../../../map/map-view.js';

interface DrawLayerProps extends DrawHandlers {
  readonly mode: DrawMode;
  /** What may be changed by dragging now. */
  readonly held: { readonly key: string; readonly drawn: Drawn } | undefined;
  readonly tool: RefObject<DrawTool | null>;
}

/** The pen on the map. */
export function DrawLayer({ mode, held, tool, ...handlers }: DrawLayerProps) {
  const engine = useEngine();
  const unit = useUnit();
  const newest = useRef(handlers);
  const [pen, setPen] = useState<DrawTool>();
  useEffect(() => {
    newest.current = handlers;
  });
  useEffect(() => {
    const made = new DrawTool(engine, unit, {
      lines: () => newest.current.lines(),
      onDrawn: (drawn) => newest.current.onDrawn(drawn),
      onReshaped: (key, drawn) => newest.current.onReshaped(key, drawn),
    });
    setPen(made);
    tool.current = made;
    return () => {
      made.destroy();
      tool.current = null;
      setPen(undefined);
    };
  }, [engine, unit, tool]);
  useEffect(() => pen?.setMode(mode), [pen, mode]);
  useEffect(() => {
    if (mode === 'select') pen?.hold(held?.key, held?.drawn);
  }, [pen, mode, held]);
  return null;
}
