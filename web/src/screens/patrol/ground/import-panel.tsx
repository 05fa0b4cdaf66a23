import { FeatureImport, MOST_FEATURES, RefusedFeature } from '@app/shared';
import { useState } from 'react';
import { importFeatures } from '../../../link/ground.js';
import { HttpFault, newKey } from '../../../link/http.js';
import { type Texts, useText } from '../../../ui/catalogue.js';
import { FaultNote } from '../../desk/fault-note.js';

const Refusals = RefusedFeature.array();
const SHOWN = 20;

interface ImportPanelProps {
  readonly centre: string;
  readonly onDone: () => void;
}

/** Takes a GeoJSON file whole or not at all, and says of each feature what is wrong with it. */
export function ImportPanel({ centre, onDone }: ImportPanelProps) {
  const text = useText();
  const [isBusy, setBusy] = useState(false);
  const [said, setSaid] = useState<string>();
  const [fault, setFault] = useState<unknown>();
  const take = async (file: File) => {
    setBusy(true);
    setFault(undefined);
    const read = readFile(await file.text(), centre, text);
    setSaid('wrong' in read ? read.wrong : undefined);
    if ('asked' in read)
      try {
        const { beats, checkpoints, same } = await importFeatures(read.asked, newKey());
        const done = text.ground.importDone(beats.length, checkpoints.length);
        setSaid(same > 0 ? `${done}${text.ground.importSame(same)}` : done);
        onDone();
      } catch (cause) {
        setFault(cause);
      }
    setBusy(false);
  };
  const refused = fault instanceof HttpFault ? Refusals.safeParse(fault.detail['features']).data : undefined;
  return (
    <>
      <label className="button import-file">
        {text.ground.importFile}
        <input
          type="file"
          accept=".geojson,.json,application/geo+json,application/json"
          disabled={isBusy}
          onChange={({ target }) => {
            const [file] = target.files ?? [];
            if (file) void take(file);
            target.value = '';
          }}
        />
      </label>
      {(said || fault !== undefined) && (
        <div className="import-said" role="status">
          {said && <p>{said}</p>}
          {refused ? (
            <>
              <p>{text.ground.importRefused}</p>
              <ul>
                {refused.slice(0, SHOWN).map(({ index, reason, seen }) => (
                  <li key={index} className="is-warned">
                    {text.ground.featureNumber(index + 1)}: {text.ground.featureFault[reason](seen)}
                  </li>
                ))}
              </ul>
              {refused.length > SHOWN && <p>{text.patrol.more(refused.length - SHOWN)}</p>}
            </>
          ) : (
            <FaultNote fault={fault} />
          )}
          <button
            type="button"
            className="button is-small"
            onClick={() => {
              setSaid(undefined);
              setFault(undefined);
            }}
          >
            {text.wall.close}
          </button>
        </div>
      )}
    </>
  );
}

function readFile(
  written: string,
  centre: string,
  text: Texts,
): { asked: FeatureImport } | { wrong: string } {
  let collection: unknown;
  try {
    collection = JSON.parse(written);
  } catch {
    return { wrong: text.ground.importBadFile };
  }
  const features = (collection as { features?: unknown } | null)?.features;
  if (Array.isArray(features) && features.length > MOST_FEATURES)
    return { wrong: text.ground.importTooMany(features.length, MOST_FEATURES) };
  const asked = FeatureImport.safeParse({ centre, collection });
  return asked.success ? { asked: asked.data } : { wrong: text.ground.importNoCollection };
}
