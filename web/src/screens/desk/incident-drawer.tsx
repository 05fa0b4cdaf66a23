import { Drawer } from 'antd';
import type { Fleet } from '../../store/fleet.js';
import { useWall } from '../../store/wall.store.js';
import { useText } from '../../ui/catalogue.js';
import { useRootPx } from '../../ui/use-root-px.js';
import { Age } from '../../ui/panel.js';
import { IncidentView } from './incident-view.js';

/** The incident that is selected, beside whatever list it was found in. */
export function IncidentDrawer({ fleet }: { fleet: Fleet }) {
  const text = useText();
  const px = useRootPx();
  const provenAt = useWall((wall) => wall.provenAt);
  const select = useWall((wall) => wall.select);
  const selected = useWall((wall) => (wall.selection?.kind === 'incident' ? wall.selection.id : undefined));
  return (
    <Drawer
      open={selected !== undefined}
      onClose={() => select(undefined)}
      title={text.desk.incident}
      extra={<Age at={provenAt} />}
      size={34 * px}
      mask={false}
      destroyOnHidden
      rootClassName="centre-drawer"
    >
      {selected && <IncidentView key={selected} id={selected} fleet={fleet} />}
    </Drawer>
  );
}
