import { useNavigate } from 'react-router';
import { useInstallation } from '../../link/installation.js';
import { signOut } from '../../link/session.js';
import { useText } from '../../ui/catalogue.js';

/** A display stays signed in: it has nobody to sign out. */
export function SignOut() {
  const text = useText();
  const navigate = useNavigate();
  const { session } = useInstallation();
  if (session.account.role === 'display') return null;
  const leave = async () => {
    await signOut();
    await navigate('/signin');
  };
  return (
    <button type="button" className="button" onClick={() => void leave()}>
      {text.signIn.signOut}
    </button>
  );
}
