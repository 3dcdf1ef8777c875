import { describe, expect, it } from 'vitest';
import { RecentAnswers } from './recent-answers.ts';

describe('RecentAnswers', () => {
  it('keeps the last answer of each room for its time, and no longer', () => {
    const answers = new RecentAnswers(1_000);
    answers.record('/a', 'eu-1.1', 0);
    answers.record('/b', 'eu-1.1', 400);
    answers.record('/a', 'eu-2.1', 800);
    expect(answers.at(1_000)).toEqual(
      new Map([
        ['/b', 'eu-1.1'],
        ['/a', 'eu-2.1'],
      ]),
    );
    expect(answers.at(1_401)).toEqual(new Map([['/a', 'eu-2.1']]));
    expect(answers.at(1_801).size).toBe(0);
  });

  it('holds no more than what was answered within its time', () => {
    const answers = new RecentAnswers(10);
    for (let now = 0; now < 1_000; now += 1) answers.record(`/room-${now}`, 'eu-1.1', now);
    expect(answers.at(999).size).toBe(11);
  });
});
