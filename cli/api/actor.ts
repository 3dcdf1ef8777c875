import { hostname, userInfo } from 'node:os';

/** Who runs this command, `user@host`, for the audit. */
export function actor(): string {
  // A header holds ASCII alone.
  return `${userName()}@${hostname()}`.replace(/[^\x21-\x7e]/g, '?').slice(0, 100);
}

function userName(): string {
  try {
    return userInfo().username;
  } catch {
    // In a container, a user may well have a number and no name.
    return `uid-${process.getuid?.() ?? 'unknown'}`;
  }
}
