import { DEVICE_COLUMNS, ListFault, type NewDevice, NewDevices } from '@app/shared';
import { Button, Modal } from 'antd';
import { useState } from 'react';
import { ask, HttpFault } from '../../link/http.js';
import { useText } from '../../ui/catalogue.js';
import { FaultNote } from '../desk/fault-note.js';
import { useChange } from './use-change.js';

const Lines = ListFault.array();

/** Devices from a list as CSV: all of it or none, with what is wrong in each line; then their secrets, once, as CSV. */
export function DeviceListImport({
  callSigns,
  onDone,
}: {
  callSigns: ReadonlyMap<string, string>;
  onDone: () => void;
}) {
  const text = useText();
  const words = text.desk.admin.list;
  const [made, setMade] = useState<readonly NewDevice[]>();
  const { fault, isBusy, run, forgive } = useChange(onDone);
  const take = async (file: File | undefined) => {
    if (!file) return;
    const body = { csv: await file.text() };
    await run(async () =>
      setMade((await ask('/api/devices/list', NewDevices, { method: 'POST', body })).items),
    );
  };
  const lines = fault instanceof HttpFault ? Lines.safeParse(fault.detail['lines']).data : undefined;
  return (
    <section className="device-list">
      <p className="acts-row">
        <label>
          {words.file}{' '}
          <input
            type="file"
            accept=".csv,text/csv"
            disabled={isBusy}
            onChange={({ target }) => {
              void take(target.files?.[0]);
              target.value = '';
            }}
          />
        </label>
        <span className="soft">{words.hint(DEVICE_COLUMNS.join(', '))}</span>
      </p>
      <FaultNote fault={fault} onClose={forgive} />
      {lines && (
        <ul className="list-faults">
          {lines.map(({ line, column, seen, why }) => (
            <li key={`${line} ${column} ${why}`} className="is-warned">
              {words.fault(line, column, seen)} {words.why[why]}
            </li>
          ))}
        </ul>
      )}
      <Modal
        open={made !== undefined}
        title={words.made(made?.length ?? 0)}
        closable={false}
        mask={{ closable: false }}
        keyboard={false}
        okText={text.desk.admin.secretKept}
        cancelButtonProps={{ style: { display: 'none' } }}
        onOk={() => setMade(undefined)}
      >
        <p>{text.desk.admin.secretOnce}</p>
        <Button type="primary" onClick={() => save(secretsOf(made ?? [], callSigns))}>
          {words.save}
        </Button>
      </Modal>
    </section>
  );
}

/** Call signs may hold commas or begin a formula: quoted, and marked as text. */
function secretsOf(devices: readonly NewDevice[], callSigns: ReadonlyMap<string, string>): string {
  const rows = devices.map(({ team, terminal, externalId, secret }) => [
    callSigns.get(team) ?? '',
    terminal ?? '',
    externalId ?? '',
    secret ?? '',
  ]);
  const lines = [['callSign', 'terminal', 'externalId', 'secret'], ...rows].map((row) =>
    row.map((field) => `"${field.replace(/^[=+\-@]/, "'$&").replaceAll('"', '""')}"`).join(','),
  );
  return `\uFEFF${lines.join('\r\n')}\r\n`;
}

function save(csv: string): void {
  const url = URL.createObjectURL(new Blob([csv], { type: 'text/csv' }));
  const link = document.createElement('a');
  link.href = url;
  link.download = 'secrets.csv';
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}
