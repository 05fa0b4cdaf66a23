import { lazy, Suspense } from 'react';
import { useSearchParams } from 'react-router';
import { useText } from '../../ui/catalogue.js';
import { DeskTabs } from '../desk/desk-tabs.js';
import { PlansView } from './plans/plans-view.js';
import { ShiftsView } from './shifts-view.js';
import { VisitsView } from './visits-view.js';
import './patrol.css';

/** With its pen, which no other desk needs. */
const GroundView = lazy(async () => ({ default: (await import('./ground/ground-view.js')).GroundView }));

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
      {view === 'ground' && (
        <Suspense fallback={<p className="panel-empty">{text.state.loading}</p>}>
          <GroundView scope={scope} />
        </Suspense>
      )}
      {view === 'plans' && <PlansView scope={scope} />}
    </>
  );
}
