import { Drawer } from 'antd';
import { useWall } from '../../store/wall.store.js';
import { useText } from '../../ui/catalogue.js';
import { useRootPx } from '../../ui/use-root-px.js';
import { Age } from '../../ui/panel.js';
import { TeamSheet } from './team-sheet.js';

/** The team that is selected, beside the list of teams. */
export function TeamDrawer() {
  const text = useText();
  const px = useRootPx();
  const provenAt = useWall((wall) => wall.provenAt);
  const select = useWall((wall) => wall.select);
  const selected = useWall((wall) => (wall.selection?.kind === 'team' ? wall.selection.id : undefined));
  const callSign = useWall((wall) =>
    selected === undefined ? undefined : wall.teams.get(selected)?.callSign,
  );
  return (
    <Drawer
      open={selected !== undefined}
      onClose={() => select(undefined)}
      title={callSign ?? text.desk.admin.tab.teams}
      extra={<Age at={provenAt} />}
      size={30 * px}
      mask={false}
      destroyOnHidden
      rootClassName="centre-drawer"
    >
      {selected && <TeamSheet key={selected} id={selected} />}
    </Drawer>
  );
}
