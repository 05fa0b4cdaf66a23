import { useWall } from '../../store/wall.store.js';
import { useText } from '../../ui/catalogue.js';
import { Age } from '../../ui/panel.js';

/** Whether what the screen shows is proven fresh, and how old the proof is. */
export function LinkState() {
  const text = useText();
  const sight = useWall((wall) => wall.sight.state);
  const provenAt = useWall((wall) => wall.provenAt);
  const repairs = useWall((wall) => wall.repairs);
  const words =
    sight === 'live' ? text.state.live : sight === 'blind' ? text.state.blind : text.state.connecting;
  return (
    <span className={`link-state is-${sight}`}>
      <i aria-hidden="true" /> {words} <Age at={provenAt} />
      {repairs > 0 && (
        <span className="tag is-repaired" title={text.wall.repaired}>
          {text.wall.repairs(repairs)}
        </span>
      )}
    </span>
  );
}
