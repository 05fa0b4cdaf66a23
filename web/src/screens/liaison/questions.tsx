import { type AlertCard, QUESTION_FLOW, type QuestionAnswer, toMs, REASON_CHARS } from '@app/shared';
import { useState } from 'react';
import { answerQuestion } from '../../link/alerts.js';
import { useInstallation } from '../../link/installation.js';
import { useWall } from '../../store/wall.store.js';
import { useText } from '../../ui/catalogue.js';
import { ageText, momentText } from '../../ui/time-format.js';
import { useNow } from '../../ui/use-now.js';
import { useChange } from '../admin/use-change.js';
import { FaultNote } from '../desk/fault-note.js';
import { useAlertSentence } from '../wall/use-alert-sentence.js';

/** What others would like to know about the force's own teams: that one is not heard, and nothing else. */
export function Questions() {
  const text = useText();
  const alerts = useWall((wall) => wall.alerts);
  const asked = [...alerts.values()].filter(({ deviation }) => deviation?.asks !== undefined);
  if (asked.length === 0) return null;
  return (
    <section className="liaison-questions">
      <h2>
        {text.deviation.questions} <span className="duty-count">{asked.length}</span>
      </h2>
      <p className="soft">{text.deviation.questionsHint}</p>
      {asked.map((alert) => (
        <Question key={alert.id} alert={alert} />
      ))}
    </section>
  );
}

/** Whoever is asked need not be told whom to ask. */
function plain({ deviation, ...alert }: AlertCard): AlertCard {
  if (!deviation) return alert;
  const { asks: _us, ...told } = deviation;
  return { ...alert, deviation: told };
}

function Question({ alert }: { alert: AlertCard }) {
  const text = useText();
  const now = useNow();
  const { settings } = useInstallation();
  const sentenceOf = useAlertSentence();
  const [note, setNote] = useState('');
  const change = useChange(() => setNote(''));
  const { id, version, since, deviation } = alert;
  const { answer, answeredAt } = deviation ?? {};
  const legal: readonly QuestionAnswer[] = QUESTION_FLOW[answer ?? 'asked'];
  const say = (said: QuestionAnswer) =>
    void change.run(() =>
      answerQuestion(id, { version, answer: said, ...(note.trim() ? { note: note.trim() } : {}) }),
    );
  return (
    <article className="patrol-part question">
      <p>
        {sentenceOf(plain(alert))} <span className="soft">{ageText(now - toMs(since), text)}</span>{' '}
        {answer === undefined || answeredAt === undefined ? (
          <b className="is-warned">{text.deviation.unanswered}</b>
        ) : (
          <b>
            {text.deviation.answeredMine(
              momentText(toMs(answeredAt), now, settings.timeZone),
              text.deviation.answer[answer],
            )}
          </b>
        )}
      </p>
      <div className="acts-row">
        <input
          className="field"
          value={note}
          maxLength={REASON_CHARS}
          placeholder={text.deviation.answerNote}
          aria-label={text.deviation.answerNote}
          onChange={({ target }) => setNote(target.value)}
        />
        {legal.map((said) => (
          <button
            key={said}
            type="button"
            className={`button ${said === 'help-wanted' ? 'is-recall' : ''}`}
            disabled={change.isBusy}
            onClick={() => say(said)}
          >
            {text.deviation.answer[said]}
          </button>
        ))}
      </div>
      <FaultNote fault={change.fault} onClose={change.forgive} />
    </article>
  );
}
