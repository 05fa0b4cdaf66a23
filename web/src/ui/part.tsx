import type { ReactNode } from 'react';
import { Age } from './panel.js';

export interface PartProps {
  readonly title: ReactNode;
  /** When the contents were true, by the server's clock (ms); null when nothing was received. */
  readonly observedAt: number | null;
  readonly className?: string;
  readonly children: ReactNode;
}

/** A part of a desk that was read by itself: its heading, with the age of what stands below. */
export function Part({ title, observedAt, className = '', children }: PartProps) {
  return (
    <section className={`patrol-part ${className}`}>
      <h3 className="part-head">
        <span>{title}</span>
        <Age at={observedAt} />
      </h3>
      {children}
    </section>
  );
}
