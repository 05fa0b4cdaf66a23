import { usePerson } from '../../link/use-person.js';

/** Somebody as every screen calls them, with the login by which the server knows them where that is another word. */
export function PersonLogin({ login }: { login: string }) {
  const who = usePerson()(login);
  return (
    <>
      <b>{who}</b>
      {who !== login && <span className="soft number"> {login}</span>}
    </>
  );
}
