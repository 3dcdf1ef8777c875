/** A colibri2 conference-modify request, as far as the simulator takes it. */
export interface ConferenceModify {
  meetingId: string;
  create: boolean;
  expire: boolean;
  endpoints: readonly { id: string; create: boolean; expire: boolean }[];
}

/** `reason` is colibri2's own, beside the XMPP condition. */
export interface ModifyRefused {
  refused: true;
  condition: 'item-not-found' | 'conflict' | 'service-unavailable';
  reason?: 'conference_not_found' | 'conference_already_exists' | 'graceful_shutdown' | 'unknown_endpoint';
}

export interface ModifyDone {
  refused: false;
  endpoints: readonly { id: string; expired: boolean }[];
}

interface Conference {
  /** Occupant JID of the Jicofo that manages it. */
  focus: string;
  endpoints: Set<string>;
  /** Since when nobody manages it. */
  orphanedMs?: number | undefined;
}

/** The conferences of one bridge, and colibri2's rules for them. */
export class ConferenceTable {
  readonly #conferences = new Map<string, Conference>();
  #created = 0;
  #completed = 0;
  #endpointsCreated = 0;

  /** Applies one request, endpoint by endpoint as the JVB does: those before a refused one stay applied. */
  modify(request: ConferenceModify, focus: string, acceptNew: boolean): ModifyDone | ModifyRefused {
    const conference = this.#find(request, focus, acceptNew);
    if ('refused' in conference) return conference;
    conference.focus = focus;
    conference.orphanedMs = undefined;
    const done: { id: string; expired: boolean }[] = [];
    for (const { id, create, expire } of request.endpoints) {
      if (expire) conference.endpoints.delete(id);
      else if (create) {
        if (conference.endpoints.has(id)) return { refused: true, condition: 'conflict' };
        conference.endpoints.add(id);
        this.#endpointsCreated += 1;
      } else if (!conference.endpoints.has(id)) {
        return { refused: true, condition: 'item-not-found', reason: 'unknown_endpoint' };
      }
      done.push({ id, expired: expire });
    }
    if (request.expire || (!request.create && conference.endpoints.size === 0))
      this.#remove(request.meetingId);
    return { refused: false, endpoints: done };
  }

  #find(request: ConferenceModify, focus: string, acceptNew: boolean): Conference | ModifyRefused {
    const known = this.#conferences.get(request.meetingId);
    if (!request.create) {
      return known ?? { refused: true, condition: 'item-not-found', reason: 'conference_not_found' };
    }
    if (known) return { refused: true, condition: 'conflict', reason: 'conference_already_exists' };
    if (!acceptNew) return { refused: true, condition: 'service-unavailable', reason: 'graceful_shutdown' };
    const conference: Conference = { focus, endpoints: new Set() };
    this.#conferences.set(request.meetingId, conference);
    this.#created += 1;
    return conference;
  }

  /** Marks conferences nobody manages any more: those of one Jicofo that left, or all. */
  orphan(nowMs: number, focus?: string): void {
    for (const conference of this.#conferences.values()) {
      if (focus === undefined || conference.focus === focus) conference.orphanedMs ??= nowMs;
    }
  }

  /** Expires conferences that have been orphaned for `timeoutMs`. */
  expireOrphans(nowMs: number, timeoutMs: number): void {
    for (const [meetingId, { orphanedMs }] of this.#conferences) {
      if (orphanedMs !== undefined && nowMs - orphanedMs >= timeoutMs) this.#remove(meetingId);
    }
  }

  #remove(meetingId: string): void {
    if (this.#conferences.delete(meetingId)) this.#completed += 1;
  }

  /** Current numbers, and totals since the start. */
  get counts(): ConferenceCounts {
    const sizes = [...this.#conferences.values()].map(({ endpoints }) => endpoints.size);
    return {
      conferences: sizes.length,
      localEndpoints: sizes.reduce((sum, size) => sum + size, 0),
      largestConference: Math.max(0, ...sizes),
      conferencesCreated: this.#created,
      conferencesCompleted: this.#completed,
      endpointsCreated: this.#endpointsCreated,
    };
  }
}

export interface ConferenceCounts {
  conferences: number;
  localEndpoints: number;
  largestConference: number;
  conferencesCreated: number;
  conferencesCompleted: number;
  endpointsCreated: number;
}
