/** Answers by what was asked, compared as JSON: nothing is asked twice. */
export class Memo<Asked, Answer> {
  readonly #ask: (asked: Asked) => Promise<Answer>;
  readonly #answers = new Map<string, Promise<Answer>>();

  constructor(ask: (asked: Asked) => Promise<Answer>) {
    this.#ask = ask;
  }

  ask(asked: Asked): Promise<Answer> {
    const key = JSON.stringify(asked);
    const answer = this.#answers.get(key) ?? this.#ask(asked);
    this.#answers.set(key, answer);
    return answer;
  }

  /** All at once. */
  askAll(asked: readonly Asked[]): Promise<Answer[]> {
    return Promise.all(asked.map((one) => this.ask(one)));
  }

  /** All answers so far, in the order in which they were asked for. */
  answers(): Promise<Answer[]> {
    return Promise.all(this.#answers.values());
  }
}
