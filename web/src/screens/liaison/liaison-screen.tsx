import { liaisonOf } from '@app/shared';
import { useInstallation } from '../../link/installation.js';
import { useLiveWall } from '../../store/use-live-wall.js';
import { useText } from '../../ui/catalogue.js';
import { Age } from '../../ui/panel.js';
import { ReleasePanel } from '../admin/release-panel.js';
import { DeskFrame } from '../desk/desk-frame.js';
import { FaultNote } from '../desk/fault-note.js';
import { RequestItem } from '../patrol/request-item.js';
import { useRequests } from '../patrol/request-list.js';
import { BlindBanner } from '../wall/blind-banner.js';
import { LinkState } from '../wall/link-state.js';
import { useLeaveWhenRefused } from '../wall/use-leave-when-refused.js';
import { AnswerForm } from './answer-form.js';
import { Questions } from './questions.js';
import { SilentDoors } from './silent-doors.js';
import '../patrol/patrol.css';
import './liaison.css';

/** The desk of a force under its own command: what it is asked for, and what it releases of itself. */
export function LiaisonScreen() {
  return (
    <DeskFrame page="liaison" head={<LinkState />}>
      <LiaisonDesk />
    </DeskFrame>
  );
}

function LiaisonDesk() {
  const text = useText();
  const { session } = useInstallation();
  useLiveWall(session.centre.id);
  useLeaveWhenRefused();
  const { value, fault, readAt, reload } = useRequests();
  const desk = liaisonOf(session.account.role);
  return (
    <main className="liaison">
      <section className="liaison-main">
        <SilentDoors />
        <Questions />
        <h2>
          {text.patrol.requests} <Age at={readAt} />
        </h2>
        <p className="soft">{text.patrol.liaisonHint}</p>
        <FaultNote fault={fault} onRetry={reload} />
        {value?.length === 0 && <p className="panel-empty">{text.patrol.noRequests}</p>}
        {value?.map((request) => (
          <RequestItem
            key={`${request.id}:${request.version}`}
            request={request}
            onDone={reload}
            answer={<AnswerForm request={request} onDone={reload} />}
          />
        ))}
      </section>
      <aside className="patrol-part">
        <ReleasePanel mine={desk ? [desk.force] : []} />
      </aside>
      <BlindBanner />
    </main>
  );
}
