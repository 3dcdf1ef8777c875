const quarterMs = 900_000;

/** Whether there is a time zone of that name. */
export function isTimeZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
}

const known = new Map<string, (ms: number) => number>();

/**
 * From milliseconds since the epoch to the time on the walls of `zone`, as if that were UTC. Cheap: offsets change on
 * quarters of an hour only, so the last one is kept.
 */
export function wallTimeOf(zone: string): (ms: number) => number {
  const before = known.get(zone);
  if (before) return before;
  const format = new Intl.DateTimeFormat('en-US', { timeZone: zone, timeZoneName: 'longOffset' });
  let quarter: number | undefined;
  let offsetMs = 0;
  const wallTime = (ms: number): number => {
    const now = Math.floor(ms / quarterMs);
    if (now !== quarter) {
      offsetMs = offsetIn(format, now * quarterMs);
      quarter = now;
    }
    return ms + offsetMs;
  };
  known.set(zone, wallTime);
  return wallTime;
}

/** In milliseconds since the epoch: a time without an offset is by the clocks of `zone`. */
export function instantOf(text: string, zone: string): number {
  if (/(Z|[+-]\d\d:?\d\d)$/.test(text)) return Date.parse(text);
  const wallMs = Date.parse(`${text}Z`);
  const wallTime = wallTimeOf(zone);
  const offsetAt = (ms: number) => wallTime(ms) - ms;
  // By the offset of a day before, unless clocks were changed since then. What they skip is read as if they had not been.
  const unchanged = wallMs - offsetAt(wallMs - 86_400_000);
  const changed = wallMs - offsetAt(unchanged);
  return wallTime(changed) === wallMs ? changed : unchanged;
}

/** `GMT`, `GMT-03:30`, or with seconds in the distant past. */
function offsetIn(format: Intl.DateTimeFormat, ms: number): number {
  const name = format.formatToParts(ms).find(({ type }) => type === 'timeZoneName')?.value ?? '';
  const [, sign, hours = '0', minutes = '0', seconds = '0'] =
    /^GMT([+-])(\d\d):(\d\d)(?::(\d\d))?$/.exec(name) ?? [];
  const sizeMs = ((Number(hours) * 60 + Number(minutes)) * 60 + Number(seconds)) * 1000;
  return sign === '-' ? -sizeMs : sizeMs;
}
