import { Forecaster, type Forecast } from '../forecast/forecaster.ts';
import type { ScaledBridge, ScaleDecision, ScalePolicy, ScaleView } from '../scale-policy.ts';
import { Survival } from '../survival.ts';
import { Inflow } from './inflow.ts';
import { usable } from './pack.ts';

export interface ForecastOptions {
  fillTo: number; z: number; ahead: number; slack: number; reserve: number; existFill: number; horizonMs: number; keepOpen: boolean; existRoom: boolean; minLoad: number; fillExist: number; stay: number; young: number; youngMs: number; freeze: number; grow: number; growMs: number;
}
export const usualOptions: ForecastOptions = { fillTo: 0.74, z: 2, ahead: 2, slack: 0.2, reserve: 0.5, existFill: 0.9, horizonMs: 45 * 60_000, keepOpen: true, existRoom: true, minLoad: 0, fillExist: 0.74, stay: 0, young: 0, youngMs: 4 * 60_000, freeze: 0, grow: 0, growMs: 3 * 60_000 };

export class ForecastPolicy implements ScalePolicy {
  readonly #o: ForecastOptions;
  readonly #forecaster = new Forecaster();
  readonly #survival = new Survival();
  readonly #inflow = new Inflow();
  #forecast: Forecast = this.#forecaster.forecast();
  #sum = 0; #count = 0; #minute = 0;
  #before = new Map<string, number>();
  #loads: number[] = [];
  #slotMean = 0; #q15 = 0; #q5 = 0; #q30 = 0; #at = 0;

  constructor(o: Partial<ForecastOptions> = {}) { this.#o = { ...usualOptions, ...o }; }
  restart() { this.#before.clear(); this.#loads = []; this.#sum = 0; this.#count = 0; }

  decide({ nowMs, wallMs, bridges, endedMs }: ScaleView): ScaleDecision {
    const o = this.#o;
    const now = new Map<string, number>();
    let load = 0, gained = 0;
    for (const b of bridges) {
      if (b.state === 'starting') continue;
      const l = (b.load ?? this.#before.get(b.name) ?? 0) * 100;
      now.set(b.name, l / 100);
      load += l; 
      const bef = this.#before.get(b.name);
      gained += Math.max(0, l - (bef ?? 0) * 100);
    }
    const loadBefore = this.#loads.at(-1);
    this.#before = now;
    if (loadBefore !== undefined) this.#inflow.observe(wallMs, gained, loadBefore);
    this.#loads.push(load); if (this.#loads.length > 10) this.#loads.shift();
    this.#sum += load; this.#count += 1;
    for (const ms of endedMs) this.#survival.ended(ms);
    this.#minute += 1;
    if (this.#minute % 60 === 0) this.#survival.solve(bridges.flatMap((b) => b.meetings.map((m) => nowMs - m.startedMs)));
    if (this.#minute % 1440 === 0) this.#survival.fade();
    if (Math.floor(wallMs / 60000) % 5 === 4) {
      this.#forecaster.observe(wallMs - 4 * 60000, this.#sum / this.#count); this.#sum = 0; this.#count = 0;
      this.#forecast = this.#forecaster.forecast();
    }
    let q5 = Math.max(load, this.#forecast.within5 ?? load * 1.2 + 20);
    let q15 = Math.max(load, this.#forecast.within15 ?? load * 1.3 + 20);
    const q30 = Math.max(load, this.#forecast.within30 ?? load * 1.3 + 20);
    if (load >= q5 && this.#loads.length > 5) {
      const slope = (load - (this.#loads.at(-5) ?? load)) / 4;
      q15 = Math.max(q15, load + slope * 10); q5 = Math.max(q5, load + slope * 5);
    }
    const there = usable(bridges);
    const starting = bridges.filter((b) => b.state === 'starting').length;
    const of = (b: ScaledBridge) => (b.load ?? now.get(b.name) ?? 0);
    // open
    const inflow = this.#inflow.within(wallMs + 60_000, load, o.ahead, o.z) / 100;
    const room = Math.max(inflow, (q5 - load) / 100) + o.slack;
    const hold = new Map(there.map((b) => [b.name, this.#hold(b, nowMs)]));
    const order = there.toSorted((a, b) => (hold.get(b.name) ?? 0) + (b.state === 'open' ? o.stay : 0) - (hold.get(a.name) ?? 0) - (a.state === 'open' ? o.stay : 0));
    const open = new Set<string>();
    let left = room;
    for (const b of order) {
      const free = o.fillTo - of(b) - this.#grow(b, nowMs);
      if (free <= 0) { if (o.keepOpen && b.state === 'open') open.add(b.name); continue; }
      if (left <= 0) continue;
      open.add(b.name); left -= free;
    }
    if (open.size === 0 || left === room) for (const b of order) open.add(b.name);
    // exist
    const roomOf = (list: readonly ScaledBridge[]) => list.reduce((s, b) => s + Math.max(0, o.fillExist - of(b)), 0);
    const free = roomOf(there) + starting * o.fillExist;
    const need = Math.max((q15 - load) / 100 , room - o.slack) + o.reserve;
    const keep = Math.max((q30 - load) / 100, (q15 - load) / 100, room - o.slack) + o.reserve;
    const count = there.length + starting;
    let exist = count;
    if (free < need) exist = count + Math.ceil((need - free) / o.fillExist);
    else if (free > keep) exist = count - Math.floor((free - keep) / o.fillExist);
    return { exist: Math.max(1, exist), open, reasons: [] };
  }

  #grow(b: ScaledBridge, nowMs: number) { let s = 0; for (const m of b.meetings) { const age = nowMs - m.startedMs; if (age < 15 * 60_000) s += Math.exp(-age / this.#o.growMs); } return s * this.#o.grow / 100; }

  #hold(b: ScaledBridge, nowMs: number) {
    let s = 0;
    for (const m of b.meetings) { const p = this.#survival.lasts(nowMs - m.startedMs, this.#o.horizonMs); s -= Math.log(Math.max(1e-6, 1 - p)); if (b.state === 'open') s += this.#o.young * Math.exp(-(nowMs - m.startedMs) / this.#o.youngMs); }
    return s;
  }
}
