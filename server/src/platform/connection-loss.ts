/** Whether PostgreSQL could not be asked at all; whatever was wanted may be tried again. */
export function isConnectionLoss(thrown: unknown): boolean {
  if (!(thrown instanceof Error)) return false;
  const { code } = thrown as { code?: string };
  // Refused, shut down, out of connections, a standby; or still locked or undecided after every retry.
  if (code && /^(ECONN|57P0|08|53300|25006|EPIPE|40001|40P01|55P03|25P03)/.test(code)) return true;
  return /Connection terminated|connection timeout|Query read timeout|timeout exceeded when trying to connect|Driver not Connected/i.test(
    thrown.message,
  );
}
