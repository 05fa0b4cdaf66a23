/** Somebody as every screen calls them, with the login by which the server knows them. */
export function PersonLogin({ who, login }: { who: string; login: string | null }) {
  return (
    <>
      <b>{who}</b> <span className="soft number">{login}</span>
    </>
  );
}
