/** Whose fault it is when clients that depended on it lose their sessions. */
export interface Blame {
  /** Shards whose Prosody or web was hit: their meetings may end, and be seated anew. */
  readonly shards?: readonly string[];
  readonly proxies?: readonly string[];
  readonly links?: readonly { readonly proxy: string; readonly shard: string }[];
}

/** One fault that was done to the fleet. Times in milliseconds since the epoch. */
export interface FaultRecord {
  readonly kind: string;
  /** What it was done to, in words. */
  readonly target: string;
  readonly blame: Blame;
  readonly from: number;
  /** When it was taken back; undefined while it lasts. */
  readonly until?: number;
}

/** How long after a fault's end a browser may still come to notice it (test/participants/bosh-request.ts: 20 s). */
export const noticeMs = 20_000;

/** The faults of a run, in their order. */
export class FaultLog {
  readonly #records: FaultRecord[] = [];

  get all(): readonly FaultRecord[] {
    return this.#records;
  }

  /** Returns how to note its end. */
  begin(fault: Omit<FaultRecord, 'from' | 'until'>, at: number): (until: number) => void {
    const index = this.#records.push({ ...fault, from: at }) - 1;
    return (until) => {
      this.#records[index] = { ...fault, from: at, until };
    };
  }

  /** Faults that were to be felt at some time from `from` to `to`. */
  during(from: number, to: number): FaultRecord[] {
    return this.#records.filter(
      (fault) => fault.from <= to && (fault.until ?? Number.POSITIVE_INFINITY) + noticeMs >= from,
    );
  }
}
