import { z } from 'zod';
import { waitFor } from '../../../../common/time.ts';
import type { BridgeLoad } from '../../../../orchestrator/api/schema/bridges.ts';
import type { Meeting } from '../../../participants/meeting.ts';
import type { FlowFleet } from './flow-fleet.ts';

/** Of Jicofo's own account of its conferences, by room JID. */
const conferences = z.record(z.string(), z.object({ bridgeJid: z.string().optional() }));

/** Waits until the orchestrators' account of the bridges is so; gives it. */
export function untilBridges(
  { api }: FlowFleet,
  what: string,
  is: (loads: BridgeLoad[]) => boolean,
): Promise<BridgeLoad[]> {
  return waitFor(
    async () => {
      // Between two orchestrators nobody may answer.
      const loads = await api.bridges().catch(() => undefined);
      return loads && is(loads) ? loads : undefined;
    },
    { timeoutMs: 40_000, everyMs: 100, describe: () => what },
  );
}

/** Of eu-1, by Jicofo: bridge by room. */
export async function bridgeOfRooms({ cluster }: FlowFleet): Promise<Map<string, string>> {
  const jicofo = `http://${cluster.resolve('jicofo', 'jitsi-eu-1')}:8888`;
  const answer = conferences.parse(await (await fetch(`${jicofo}/debug/conferences-full`)).json());
  return new Map(
    Object.entries(answer).flatMap(([room, { bridgeJid }]) =>
      bridgeJid ? [[room.split('@', 1)[0] ?? '', bridgeJid.split('/')[1] ?? ''] as const] : [],
    ),
  );
}

/** The bridge of a meeting on eu-1; Jicofo may hear of the meeting later. */
export function bridgeOf(fleet: FlowFleet, { room: { name } }: Meeting): Promise<string> {
  return waitFor(async () => (await bridgeOfRooms(fleet)).get(name), {
    timeoutMs: 20_000,
    describe: () => `${name} has no bridge`,
  });
}
