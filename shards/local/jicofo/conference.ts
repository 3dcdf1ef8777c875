import { randomUUID } from 'node:crypto';
import { messageOf } from '../../../common/errors.ts';
import { backoffMs, sleep } from '../../../common/time.ts';
import { joinRoom, leaveRoom, type MucPresence } from '../../brewery/muc.ts';
import type { XmppSession } from '../../brewery/xmpp-session.ts';
import { Allocation } from './allocation.ts';
import type { ConferenceContext } from './conference-context.ts';
import { planEndpoints } from './endpoints.ts';

/** Jicofo's nickname in every room. */
export const focusNick = 'focus';

/**
 * One meeting: its room's members and their endpoints on one bridge. Level-triggered: every event only
 * wakes the reconciler, which compares who is there with what is allocated.
 */
export class Conference {
  readonly #context: ConferenceContext;
  readonly #room: string;
  readonly #allocation: Allocation;
  readonly #members = new Set<string>();
  readonly #over = new AbortController();
  #belowSinceMs: number | undefined;
  #joined: Promise<void> | undefined;
  #startTimer: NodeJS.Timeout | undefined;
  #recheckTimer: NodeJS.Timeout | undefined;
  #dirty = false;
  #running = false;

  constructor(room: string, context: ConferenceContext) {
    this.#room = room;
    this.#context = context;
    this.#allocation = new Allocation(room, randomUUID(), context);
  }

  /** Resolves when Jicofo is in the room; joins it once for all who ask. Rejects when it cannot. */
  join(session: XmppSession): Promise<void> {
    this.#awaitFirst();
    this.#joined ??= joinRoom(session, this.#room, focusNick);
    this.#joined.catch(() => {
      this.#joined = undefined;
    });
    return this.#joined;
  }

  /** The stream is gone, and with it what we knew of the room. */
  disconnected(): void {
    this.#joined = undefined;
    this.#members.clear();
  }

  /** A presence of this room. */
  hear(presence: MucPresence): void {
    if (presence.kind === 'error') return;
    const here = presence.kind === 'available';
    if (presence.nick === focusNick) {
      if (!here) this.#joined = undefined;
      return;
    }
    if (here) {
      this.#members.add(presence.nick);
      clearTimeout(this.#startTimer);
    } else this.#members.delete(presence.nick);
    if (this.#members.size >= this.#context.config.minParticipants) this.#belowSinceMs = undefined;
    else this.#belowSinceMs ??= Date.now();
    if (this.#members.size === 0) this.end();
    else this.wake();
  }

  /** Looks again at members and bridge. */
  wake(): void {
    this.#dirty = true;
    if (!this.#running) void this.#reconcile();
  }

  /** Ends the conference: leaves the room and gives the bridge's endpoints back. */
  end(): void {
    if (this.#over.signal.aborted) return;
    this.#over.abort();
    clearTimeout(this.#startTimer);
    clearTimeout(this.#recheckTimer);
    this.#context.ended(this.#room);
    const session = this.#context.session();
    if (!session) return;
    // Bridge or stream may be gone: then there is nothing to give back.
    Promise.all([leaveRoom(session, this.#room, focusNick), this.#allocation.release(session)]).catch(
      (error) =>
        this.#context.log.debug(
          { room: this.#room, error: messageOf(error) },
          'conference ended without its bridge',
        ),
    );
  }

  get participants(): number {
    return this.#members.size;
  }

  get bridgeJid(): string | undefined {
    return this.#allocation.bridgeJid;
  }

  #awaitFirst(): void {
    if (this.#members.size > 0) return;
    clearTimeout(this.#startTimer);
    this.#startTimer = setTimeout(() => this.end(), this.#context.config.initialTimeoutMs);
  }

  async #reconcile(): Promise<void> {
    this.#running = true;
    for (let failures = 0; this.#dirty && !this.#over.signal.aborted; ) {
      this.#dirty = false;
      const settled = await this.#step().catch(() => false);
      failures = settled ? 0 : failures + 1;
      // Without a session there is nothing to retry on; its return wakes us.
      if (!settled && this.#context.session()) {
        this.#dirty = true;
        await sleep(backoffMs(failures), this.#over.signal);
      }
    }
    this.#running = false;
  }

  async #step(): Promise<boolean> {
    const session = this.#context.session();
    if (!session) return false;
    const allocated = this.#allocation.bridgeJid !== undefined;
    const state = { allocated, belowSinceMs: this.#belowSinceMs, nowMs: Date.now() };
    const plan = planEndpoints([...this.#members], state, this.#context.config);
    clearTimeout(this.#recheckTimer);
    if (plan.recheckAtMs !== undefined) {
      this.#recheckTimer = setTimeout(() => this.wake(), plan.recheckAtMs - Date.now());
    }
    return this.#allocation.apply(session, plan.endpoints);
  }
}
