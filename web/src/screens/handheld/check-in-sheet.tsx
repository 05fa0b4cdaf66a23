import { nameIn } from '@app/shared';
import { useCallback, useRef, useState } from 'react';
import type { Kept } from '../../link/handheld-box.js';
import { handheldSync } from '../../store/handheld.store.js';
import { useLanguage, useText } from '../../ui/catalogue.js';
import { Sheet } from './sheet.js';
import { useScanner } from './use-scanner.js';
import { useTags } from './use-tags.js';

/** Checks in by the code of a checkpoint: seen by the camera, held to a tag, or typed. */
export function CheckInSheet({ kept, onClose }: { kept: Kept; onClose: () => void }) {
  const text = useText();
  const language = useLanguage((choice) => choice.language);
  const video = useRef<HTMLVideoElement>(null);
  const { stops } = kept.handheld;
  const [stop, setStop] = useState(stops.find(({ isGpsBlind }) => isGpsBlind)?.id ?? stops[0]?.id ?? '');
  const [code, setCode] = useState('');
  const found = useCallback(
    (read: { checkpoint: string; code: string }) => {
      const known = stops.find(({ id }) => id === read.checkpoint);
      const at = new Date(handheldSync.serverNow()).toISOString();
      const about = known ? nameIn(known.names, language) : '';
      void handheldSync.add({ kind: 'check-in', ...read, at }, about).then(onClose);
    },
    [stops, language, onClose],
  );
  const camera = useScanner(video, found);
  useTags(found);
  return (
    <Sheet title={text.handheld.checkIn} onClose={onClose}>
      <video ref={video} className={camera === 'on' ? 'hh-video' : 'hh-video is-off'} muted playsInline />
      <p className="hh-soft">{text.handheld.camera[camera]}</p>
      {stops.length > 0 && (
        <form
          onSubmit={(event) => {
            event.preventDefault();
            found({ checkpoint: stop, code: code.trim() });
          }}
        >
          <label>
            {text.handheld.where}
            <select value={stop} onChange={({ target }) => setStop(target.value)}>
              {stops.map(({ id, names }) => (
                <option key={id} value={id}>
                  {nameIn(names, language)}
                </option>
              ))}
            </select>
          </label>
          <label>
            {text.handheld.code}
            <input
              value={code}
              maxLength={12}
              autoCapitalize="characters"
              autoComplete="off"
              onChange={({ target }) => setCode(target.value)}
            />
          </label>
          <button type="submit" className="hh-wide is-main" disabled={code.trim() === '' || stop === ''}>
            {text.handheld.checkInTyped}
          </button>
        </form>
      )}
    </Sheet>
  );
}
