import { type Schedule, weekdays } from './schema.ts';

const dayMs = 86_400_000;

/** Whether a schedule's window is open at this time on the wall. */
export function isOpenAt(schedule: Schedule, wallMs: number): boolean {
  const [from, to] = [minuteOf(schedule.from), minuteOf(schedule.to)];
  const minute = Math.floor((wallMs - Math.floor(wallMs / dayMs) * dayMs) / 60_000);
  if (from < to) return from <= minute && minute < to && beginsOn(schedule, wallMs);
  if (minute >= from) return beginsOn(schedule, wallMs);
  return minute < to && beginsOn(schedule, wallMs - dayMs);
}

/** `mon, tue 08:00 to 18:00 Europe/Berlin`. */
export function windowText({ days, from, to }: Schedule, timeZone: string): string {
  return `${days?.join(', ') ?? 'every day'} ${from} to ${to} ${timeZone}`;
}

function beginsOn({ days }: Schedule, wallMs: number): boolean {
  const day = weekdays[new Date(wallMs).getUTCDay()];
  return days === undefined || (day !== undefined && days.includes(day));
}

function minuteOf(clock: string): number {
  const [hours, minutes] = clock.split(':').map(Number);
  return (hours ?? 0) * 60 + (minutes ?? 0);
}
