import { useCentreName, useInstallation } from '../../link/installation.js';
import type { Heard } from '../../store/asides.store.js';
import { useHeard, useSaying } from '../../store/use-aside.js';
import { usePerson } from '../../link/use-person.js';
import { useText } from '../../ui/catalogue.js';

/** Who else has this incident open right now, at whichever centre; and tells the others that this screen has. */
export function Colleagues({ incident }: { incident: string }) {
  const text = useText();
  const prefix = `incident:${incident}:`;
  useSaying(prefix, true);
  const others = useHeard(prefix);
  const nameOf = useSpeakerName();
  if (others.length === 0) return null;
  return (
    <p className="colleagues" role="status">
      {text.duty.workingAlso([...new Set(others.map(nameOf))].join(text.listComma))}
    </p>
  );
}

/** Role, login and, where it is another one, the centre of somebody who speaks. */
export function useSpeakerName(): (word: Heard) => string {
  const text = useText();
  const personName = usePerson();
  const centreName = useCentreName();
  const { session } = useInstallation();
  return ({ from }) => {
    if (!from) return '—';
    const where = from.centre === session.centre.id ? '' : centreName(from.centre);
    const who = personName(from.name);
    if (who !== from.name) return who;
    return [where, text.role[from.role], who].filter((part) => part !== '').join(' ');
  };
}
