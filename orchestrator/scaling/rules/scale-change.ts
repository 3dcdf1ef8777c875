import { type Document, isSeq } from 'yaml';
import { z } from 'zod';
import { event, floor, pause, ruleName, type ScaleSettings, scaleValues, schedule } from './schema.ts';

const { policy, bridgeMbps, mbpsPerParticipant, timeZone, min, max } = scaleValues.shape;

/** What an operator changes of one shard's settings, or of those of all; what is not given stays. */
export const scaleChange = z
  .strictObject({
    /** Null here and in the next five: what is said elsewhere holds again. */
    policy: policy.nullable(),
    bridgeMbps: bridgeMbps.nullable(),
    mbpsPerParticipant: mbpsPerParticipant.nullable(),
    timeZone: timeZone.nullable(),
    min: min.nullable(),
    max: max.nullable(),
    /** In place of the one of its kind: for good, until a time, or from the same time on. Null: no floor any more. */
    floor: floor.nullable().optional(),
    /** In place of the one of its name. */
    schedule: schedule.optional(),
    removeSchedule: ruleName.optional(),
    /** In place of the one of its name. */
    event: event.optional(),
    removeEvent: ruleName.optional(),
    paused: pause.optional(),
  })
  .refine((change) => Object.keys(change).length > 0, 'nothing is said that shall change');
export type ScaleChange = z.infer<typeof scaleChange>;

/** Makes the change in `scale.yaml`. */
export function editScale(document: Document, shard: string, change: ScaleChange): void {
  const set = (key: string, value: unknown) => {
    if (value !== null && value !== false) document.setIn([shard, key], asNode(document, value));
    else if (document.hasIn([shard, key])) document.deleteIn([shard, key]);
  };
  const { policy, floor, schedule, removeSchedule, event, removeEvent, ...values } = change;
  for (const [key, value] of Object.entries(values)) if (value !== undefined) set(key, value);
  if (policy !== undefined) {
    set('policy', policy && Object.keys(policy.options).length === 0 ? policy.name : policy);
  }
  if (floor === null) set('floors', null);
  else if (floor)
    putItem(document, [shard, 'floors'], floor, (other) => floorKind(other) === floorKind(floor));
  const named = (name: string) => (other: { name?: unknown }) => other.name === name;
  if (schedule) putItem(document, [shard, 'schedules'], schedule, named(schedule.name));
  if (removeSchedule) dropItems(document, [shard, 'schedules'], named(removeSchedule));
  if (event) putItem(document, [shard, 'events'], event, named(event.name));
  if (removeEvent) dropItems(document, [shard, 'events'], named(removeEvent));
}

/** A single value goes into the node that is there, whose comment stays. */
function asNode(document: Document, value: unknown): unknown {
  return typeof value === 'object' ? document.createNode(value) : value;
}

/** Takes the items out of a list that `isGone` says of, by their content. */
export function dropItems<T>(
  document: Document,
  path: readonly string[],
  isGone: (item: T) => boolean,
): void {
  const list = document.getIn(path);
  if (!isSeq(list)) return;
  const items = list.toJS(document) as T[];
  list.items = list.items.filter((_, index) => !isGone(items[index] as T));
}

/** There may be one for good, one until a time, and those that begin later. */
function floorKind({ from, until }: NonNullable<ScaleSettings['floors']>[number]): string {
  return from ?? (until === undefined ? 'for good' : 'for now');
}

/** The item in its place in the list: that of the one it replaces, or the end. */
function putItem<T extends object>(
  document: Document,
  path: readonly string[],
  item: T,
  isReplaced: (other: T) => boolean,
): void {
  const list = document.getIn(path);
  const items = isSeq(list) ? (list.toJS(document) as T[]) : [];
  const index = items.findIndex(isReplaced);
  if (items.length === 0) document.setIn(path, document.createNode([item]));
  else document.setIn([...path, index === -1 ? items.length : index], document.createNode(item));
}
