import type { ChangeEvent } from 'react';
import { handheldSync } from '../../store/handheld.store.js';
import { useText } from '../../ui/catalogue.js';

/** Takes a photograph, or picks one, for an incident that is known. */
export function PhotoButton({ incident, about }: { incident: string; about: string }) {
  const text = useText();
  const take = async ({ target }: ChangeEvent<HTMLInputElement>) => {
    const [file] = target.files ?? [];
    if (!file) return;
    const bytes = await file.arrayBuffer();
    const { name, type } = file;
    await handheldSync.add({ kind: 'photo', incident, report: null, name, type, bytes }, about);
    target.value = '';
  };
  return (
    <label className="hh-button">
      {text.handheld.photo}
      <input type="file" accept="image/*" capture="environment" onChange={(event) => void take(event)} />
    </label>
  );
}
