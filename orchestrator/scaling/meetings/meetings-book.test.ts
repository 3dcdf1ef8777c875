import { expect, test } from 'vitest';
import type { CountedBridge } from '../scale-view.ts';
import { MeetingsBook } from './meetings-book.ts';

const minuteMs = 60_000;
const survival = { lasts: () => 0.5 };

/** A bridge with so many conferences of as many that were ever created, read so many minutes after the epoch. */
function bridge(name: string, minute: number, there: number, created = there): CountedBridge {
  const conferences = { readMs: minute * minuteMs, there, created };
  return { name, state: 'open', startedMs: 0, load: 0.5, conferences };
}
const look = (book: MeetingsBook, ...bridges: CountedBridge[]) =>
  book.look(bridges, survival).map(({ meetings }) => meetings.map(({ startedMs }) => startedMs / minuteMs));

test('a bridge that does not say keeps its meetings', () => {
  const book = new MeetingsBook();
  const unsaid = { ...bridge('a', 0, 0), conferences: undefined };
  expect(look(book, unsaid)).toEqual([[]]);
  look(book, bridge('a', 10, 0));
  expect(look(book, bridge('a', 20, 2))).toEqual([[12.5, 17.5]]);
  expect(look(book, unsaid)).toEqual([[12.5, 17.5]]);
});

test('one that is gone is forgotten', () => {
  const book = new MeetingsBook();
  look(book, bridge('a', 10, 0), bridge('b', 10, 0));
  look(book, bridge('a', 11, 1));
  expect(book.memory()).toEqual({ a: { read: 11, created: 1, started: [10] } });
});

test('the next leader goes on from there, with what came and went meanwhile', () => {
  const book = new MeetingsBook();
  look(book, bridge('a', 10, 0), bridge('b', 10, 0));
  look(book, bridge('a', 12, 1), bridge('b', 12, 0));
  const next = new MeetingsBook();
  next.begin(JSON.parse(JSON.stringify(book.memory())));
  expect(look(next, bridge('a', 22, 2), bridge('b', 22, 1))).toEqual([[11, 17], [17]]);
});

test.each([undefined, null, 7, { a: { read: 'x' } }])('a memory of %j is none', (memory) => {
  const book = new MeetingsBook();
  look(book, bridge('a', 10, 0));
  book.begin(memory);
  expect(book.memory()).toEqual({});
});
