import { useSearchParams } from 'react-router';
import { useText } from '../../ui/catalogue.js';
import { DeskTabs } from '../desk/desk-tabs.js';
import { GroundView } from './ground/ground-view.js';
import { PlansView } from './plans/plans-view.js';
import { ShiftsView } from './shifts-view.js';
import { VisitsView } from './visits-view.js';
import './patrol.css';

const VIEWS = ['shifts', 'visits', 'ground', 'plans'] as const;
type View = (typeof VIEWS)[number];

/** The patrol of a centre: its shifts, what they owe and made, where that is, and who visits what. */
export function PatrolTab({ scope }: { scope: string }) {
  const text = useText();
  const [address, setAddress] = useSearchParams();
  const view = VIEWS.find((known) => known === address.get('view')) ?? VIEWS[0];
  const open = (next: View) =>
    setAddress((old) => {
      const address = new URLSearchParams(old);
      address.set('view', next);
      return address;
    });
  return (
    <>
      <div className="patrol-views">
        <DeskTabs tabs={VIEWS} tab={view} labels={text.ground.view} onTab={open} />
      </div>
      {view === 'shifts' && <ShiftsView scope={scope} />}
      {view === 'visits' && <VisitsView scope={scope} />}
      {view === 'ground' && <GroundView scope={scope} />}
      {view === 'plans' && <PlansView scope={scope} />}
    </>
  );
}
