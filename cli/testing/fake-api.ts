import { createServer } from 'node:http';
import { text } from 'node:stream/consumers';
import { isDeepStrictEqual } from 'node:util';
import { sleep } from '../../common/time.ts';
import { type BridgeLoad, bridgeBody } from '../../orchestrator/api/schema/bridges.ts';
import type { ChangeAnswer } from '../../orchestrator/api/schema/change.ts';
import { errorAnswer } from '../../orchestrator/api/schema/change.ts';
import type { FleetStatus } from '../../orchestrator/api/schema/fleet.ts';
import { fleetStatus } from '../../orchestrator/api/schema/fleet.ts';
import type { ShardHistory } from '../../orchestrator/api/schema/history.ts';
import type { ProxyDiff } from '../../orchestrator/api/schema/proxies.ts';
import type { RoomExplanation, RoomStatus } from '../../orchestrator/api/schema/rooms.ts';
import { type ScaleBody, type ShardScale, scaleBody } from '../../orchestrator/api/schema/scale.ts';
import { desiredBody, removeBody } from '../../orchestrator/api/schema/shards.ts';
import type { SplitsStatus } from '../../orchestrator/api/schema/splits.ts';
import type { UpgradeStatus } from '../../orchestrator/api/schema/upgrade.ts';
import type { FleetEvent } from '../../orchestrator/events/schema.ts';

/** What the API answers from; tests change it while it runs. */
export interface FakeState {
  fleet: FleetStatus;
  bridges: BridgeLoad[];
  scale?: ShardScale[];
  /** What was asked for of scaling; what was asked for twice changes nothing. */
  scaleTold?: ScaleBody[];
  histories: ShardHistory[];
  rooms: RoomStatus[];
  explanation: RoomExplanation | undefined;
  /** All of them; how many were told is where an answer ends. */
  events: FleetEvent[];
  diffs: ProxyDiff[];
  splits: SplitsStatus;
  upgrade?: UpgradeStatus;
  /** The answer to what is asked of the upgrade. */
  change?: ChangeAnswer;
}

/** A server that answers as the orchestrator's API does, from a state that a test sets. */
export interface FakeApi {
  state: FakeState;
  /** Method and address of every request so far. */
  requests: string[];
  close(): Promise<void>;
}

/** Starts it on a port of 127.0.0.1. */
export async function startFakeApi(port: number, state: FakeState): Promise<FakeApi> {
  const requests: string[] = [];
  const server = createServer(async (request, response) => {
    requests.push(`${request.method} ${request.url}`);
    const body = await text(request);
    if (request.url?.includes('waitMs')) await sleep(20);
    const answer = answerTo(state, request.url ?? '', body);
    response.writeHead(answer === undefined ? 400 : 200, { 'content-type': 'application/json' });
    response.end(
      JSON.stringify(answer ?? errorAnswer.parse({ error: { message: 'no such thing', exitCode: 2 } })),
    );
  });
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  const close = async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  };
  return { state, requests, close };
}

function answerTo(state: FakeState, url: string, body: string): unknown {
  const [path = '', query] = url.split('?');
  const [, , what, name, detail] = path.split('/').map(decodeURIComponent);
  const shard = state.fleet.shards.find((one) => one.name === name);
  if (what === 'splits') return state.splits;
  if (what === 'status') return fleetStatus.parse(state.fleet);
  if (what === 'shards' && name === undefined) return state.fleet.shards;
  if (what === 'shards' && shard && detail === undefined) return shard;
  if (what === 'shards' && shard && detail === 'desired') {
    const { desired: wish, dryRun } = desiredBody.parse(JSON.parse(body));
    const changed = shard.desired !== wish;
    if (!dryRun) shard.desired = wish;
    return { changed, actions: changed ? [`set ${name} to ${wish}`] : [] };
  }
  if (what === 'shards' && shard && detail === 'remove') {
    const changed = !shard.removing;
    const { force, dryRun } = removeBody.parse(JSON.parse(body));
    shard.removing ||= !dryRun;
    return { changed, actions: changed ? [`${force ? 'cut and remove' : 'remove'} ${name}`] : [] };
  }
  if (what === 'shards' && detail === 'history') return state.histories.find((one) => one.name === name);
  if (what === 'bridges' && name === undefined) return state.bridges;
  const bridge = state.bridges.find((one) => one.name === name);
  if (what === 'bridges' && bridge) {
    const { word, dryRun } = bridgeBody.parse(JSON.parse(body));
    const changed = bridge.word !== word;
    if (!dryRun) bridge.word = word;
    return { changed, actions: changed ? [`set ${name} to ${word}`] : [] };
  }
  if (what === 'scale' && body !== '') {
    const told = scaleBody.parse(JSON.parse(body));
    const changed = !state.scaleTold?.some((one) => isDeepStrictEqual(one, told));
    state.scaleTold = [...(state.scaleTold ?? []), told];
    return { changed, actions: changed ? [`set ${Object.keys(told.change)} of ${told.shard}`] : [] };
  }
  if (what === 'scale') return state.scale;
  if (detail === 'scale') return state.scale?.find((one) => one.name === name);
  if (what === 'events') {
    const told = Number.parseInt(new URLSearchParams(query).get('after') ?? '0', 10);
    return { events: state.events.slice(told), after: `${state.events.length}-0_0-0` };
  }
  if (what === 'upgrade') return body === '' ? state.upgrade : state.change;
  const limit = Number(new URLSearchParams(query).get('limit'));
  if (what === 'rooms' && name === undefined) return state.rooms.slice(0, limit);
  if (what === 'rooms' && detail === 'explain') return state.explanation;
  if (what === 'rooms') return state.rooms.find((one) => one.room === name);
  if (what === 'proxies' && name === undefined) return state.fleet.proxies;
  if (what === 'proxies' && detail === 'diff') return state.diffs.find((one) => one.proxy === name);
  return undefined;
}
