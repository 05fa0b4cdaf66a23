import { nameIn } from '@app/shared';
import type { GroundOnMap } from '../store/use-ground.js';
import { useLanguage, useText } from '../ui/catalogue.js';
import { Age } from '../ui/panel.js';

/** What is known of a checkpoint: how it stands, how much was made of what is owed, and when that was so. */
export function PointTag({ id, ground: { shown, observedAt } }: { id: string; ground: GroundOnMap }) {
  const text = useText();
  const language = useLanguage((choice) => choice.language);
  const point = shown?.ground.points.find((one) => one.id === id);
  const cover = shown?.covers.find((one) => one.id === id);
  if (!point) return null;
  return (
    <>
      <b>{nameIn(point.names, language)}</b>
      <span>
        {text.ground.kind[point.kind]}
        {cover && ` · ${text.ground.point[cover.state]}`}
        {cover && cover.owed > 0 && ` · ${text.ground.madeOf(cover.made, cover.owed)}`}
      </span>
      <span className="soft">
        <Age at={observedAt} />
      </span>
    </>
  );
}
