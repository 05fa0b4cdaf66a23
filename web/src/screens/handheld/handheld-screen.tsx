import { type Handheld, nameIn } from '@app/shared';
import { useEffect, useState } from 'react';
import { Navigate, useNavigate } from 'react-router';
import { callHandheld } from '../../link/handheld.js';
import { HttpFault } from '../../link/http.js';
import { signOut } from '../../link/session.js';
import { useLanguage, useText } from '../../ui/catalogue.js';
import './handheld.css';

/** What a team has with it on the street. */
export function HandheldScreen() {
  const text = useText();
  const navigate = useNavigate();
  const [told, setTold] = useState<Handheld>();
  const [fault, setFault] = useState<unknown>();
  useEffect(() => {
    callHandheld().then(setTold, setFault);
  }, []);
  if (fault instanceof HttpFault && (fault.status === 401 || fault.status === 403))
    return <Navigate to="/signin?to=%2Fpatrol" replace />;
  if (!told) return <p className="waiting">{text.state.connecting}</p>;
  const leave = async () => {
    await signOut();
    await navigate('/signin?to=%2Fpatrol');
  };
  return (
    <main className="handheld">
      <header>
        <h1>{told.team.callSign}</h1>
        <button type="button" className="button" onClick={() => void leave()}>
          {text.handheld.signOut}
        </button>
      </header>
      <h2>{text.handheld.plan}</h2>
      <Stops told={told} />
    </main>
  );
}

function Stops({ told }: { told: Handheld }) {
  const text = useText();
  const language = useLanguage((choice) => choice.language);
  if (told.shifts.length === 0) return <p>{text.handheld.noShift}</p>;
  if (told.visits.length === 0) return <p>{text.handheld.noPlan}</p>;
  return (
    <ol>
      {told.visits.map(({ id, names }) => (
        <li key={id}>{nameIn(names, language)}</li>
      ))}
    </ol>
  );
}
