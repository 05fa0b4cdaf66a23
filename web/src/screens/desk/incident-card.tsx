import { type Checklist, nameIn, toMs } from '@app/shared';
import { tickItem } from '../../link/action-cards.js';
import { useInstallation } from '../../link/installation.js';
import type { Fetched } from '../../link/use-fetched.js';
import { usePerson } from '../../link/use-person.js';
import { useLanguage, useText } from '../../ui/catalogue.js';
import { Age } from '../../ui/panel.js';
import { momentText } from '../../ui/time-format.js';
import { useNow } from '../../ui/use-now.js';
import { useChange } from '../admin/use-change.js';
import { FaultNote } from './fault-note.js';

/** What is to be done at such an incident, ticked off by whoever did it; each tick is a line of the timeline. */
export function IncidentCard({ list }: { list: Fetched<Checklist> }) {
  const text = useText();
  const personName = usePerson();
  const now = useNow();
  const language = useLanguage((choice) => choice.language);
  const { settings } = useInstallation();
  const change = useChange(list.reload);
  const { value: card } = list;
  if (!card || card.items.length === 0) return <FaultNote fault={list.fault} onRetry={list.reload} />;
  const done = card.items.filter((item) => item.done !== null).length;
  return (
    <section className="action-card">
      <h4>
        {text.duty.card(done, card.items.length)} <Age at={list.readAt} />
      </h4>
      <ul>
        {card.items.map(({ key, text: names, done: tick }) => (
          <li key={key}>
            <label className={tick ? 'is-done' : ''}>
              <input
                type="checkbox"
                checked={tick !== null}
                disabled={!card.mayTick || change.isBusy}
                onChange={({ target }) => void change.run(() => tickItem(card.incident, key, target.checked))}
              />
              <span>{nameIn(names, language)}</span>
            </label>
            {tick && (
              <span className="soft">
                {momentText(toMs(tick.at), now, settings.timeZone)} {personName(tick.by)}
              </span>
            )}
          </li>
        ))}
      </ul>
      <FaultNote fault={change.fault} onClose={change.forgive} />
    </section>
  );
}
