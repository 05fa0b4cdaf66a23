import { EXPORT_FORMATS } from '@app/shared';
import { Dropdown } from 'antd';
import { useState } from 'react';
import { download } from '../../link/download.js';
import { useLanguage, useText } from '../../ui/catalogue.js';

export interface ExportMenuProps {
  /** The query of the list that is shown. */
  readonly query: string;
  readonly onFault: (fault: unknown) => void;
}

/** The list that is shown, whole, as a file in the language of the screen. */
export function ExportMenu({ query, onFault }: ExportMenuProps) {
  const text = useText();
  const language = useLanguage((choice) => choice.language);
  const [isBusy, setBusy] = useState(false);
  const write = async (format: string) => {
    const asked = new URLSearchParams(query);
    asked.delete('limit');
    asked.set('format', format);
    asked.set('language', language);
    setBusy(true);
    onFault(undefined);
    try {
      await download(`/api/exports/incidents?${asked}`, `${text.desk.tab.incidents}.${format}`);
    } catch (cause) {
      onFault(cause);
    } finally {
      setBusy(false);
    }
  };
  const items = EXPORT_FORMATS.map((format) => ({ key: format, label: format.toUpperCase() }));
  return (
    <Dropdown menu={{ items, onClick: ({ key }) => void write(key) }} trigger={['click']} disabled={isBusy}>
      <button type="button" className="button" disabled={isBusy}>
        {isBusy ? text.desk.exporting : text.desk.exportAs}
      </button>
    </Dropdown>
  );
}
