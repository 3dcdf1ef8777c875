/** How long ago an ISO 8601 time was, short: `42s`, `5m`, `3h`, `2d`. */
export function age(time: string, now = Date.now()): string {
  return short(now - Date.parse(time));
}

/** How far away a deadline is, an ISO 8601 time: `2h to its deadline`, `5m past its deadline`. */
export function timeLeft(deadline: string, now = Date.now()): string {
  const ms = Date.parse(deadline) - now;
  return `${short(Math.abs(ms))} ${ms > 0 ? 'to' : 'past'} its deadline`;
}

/** A time in milliseconds, short: `42s`, `5m`, `3h`, `2d`. */
export function short(ms: number): string {
  const seconds = Math.max(0, Math.round(ms / 1_000));
  if (seconds < 120) return `${seconds}s`;
  if (seconds < 7_200) return `${Math.floor(seconds / 60)}m`;
  if (seconds < 172_800) return `${Math.floor(seconds / 3_600)}h`;
  return `${Math.floor(seconds / 86_400)}d`;
}
