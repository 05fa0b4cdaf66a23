import type { ReactNode } from 'react';

interface DeskTabsProps<Tab extends string> {
  readonly tabs: readonly Tab[];
  readonly tab: Tab;
  readonly labels: Readonly<Record<Tab, string>>;
  readonly onTab: (tab: Tab) => void;
  /** Stands at the end of the line, such as the age of what is shown. */
  readonly children?: ReactNode;
}

export function DeskTabs<Tab extends string>({ tabs, tab, labels, onTab, children }: DeskTabsProps<Tab>) {
  return (
    <nav className="tabs" role="tablist">
      {tabs.map((known) => (
        <button
          key={known}
          type="button"
          role="tab"
          aria-selected={tab === known}
          onClick={() => onTab(known)}
        >
          {labels[known]}
        </button>
      ))}
      {children}
    </nav>
  );
}
