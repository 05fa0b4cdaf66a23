import { liaisonOf, toMs } from '@app/shared';
import { useInstallation } from '../../link/installation.js';
import { useLiveWall } from '../../store/use-live-wall.js';
import { useWall } from '../../store/wall.store.js';
import { useText } from '../../ui/catalogue.js';
import { Age } from '../../ui/panel.js';
import { ageText } from '../../ui/time-format.js';
import { useNow } from '../../ui/use-now.js';
import { ReleasePanel } from '../admin/release-panel.js';
import { DeskFrame } from '../desk/desk-frame.js';
import { FaultNote } from '../desk/fault-note.js';
import { RequestItem } from '../patrol/request-item.js';
import { useRequests } from '../patrol/request-list.js';
import { BlindBanner } from '../wall/blind-banner.js';
import { LinkState } from '../wall/link-state.js';
import { useAlertSentence } from '../wall/use-alert-sentence.js';
import { useLeaveWhenRefused } from '../wall/use-leave-when-refused.js';
import { AnswerForm } from './answer-form.js';
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

/** What others would like to know about the force's own teams: that one is not heard, and nothing else. */
function Questions() {
  const text = useText();
  const now = useNow();
  const sentenceOf = useAlertSentence();
  const alerts = useWall((wall) => wall.alerts);
  const asked = [...alerts.values()].filter(({ deviation }) => deviation?.asks !== undefined);
  if (asked.length === 0) return null;
  return (
    <>
      <h2>{text.deviation.questions}</h2>
      <p className="soft">{text.deviation.questionsHint}</p>
      <ul className="liaison-questions">
        {asked.map((alert) => (
          <li key={alert.id}>
            {sentenceOf(alert)} <span className="soft">{ageText(now - toMs(alert.since), text)}</span>
          </li>
        ))}
      </ul>
    </>
  );
}
