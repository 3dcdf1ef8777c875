import { randomUUID } from 'node:crypto';
import { messageOf } from '../../../common/errors.ts';
import { joinRoom, leaveRoom } from '../../../shards/brewery/muc.ts';
import { withSession } from '../../../shards/brewery/xmpp-session.ts';
import type { ShardEndpoints } from '../../../shards/driver.ts';
import { breweryAccount } from '../brewery-account.ts';
import type { Check } from '../check.ts';
import { type DoctorView, isUp } from '../doctor-view.ts';
import { error, type Finding } from '../finding.ts';
import { reachRedis, redisName } from '../reach-redis.ts';
import { judgeSecretFiles } from './secret-files.ts';

/** Redis's words for who may not come in; the first word of an error is part of its protocol. */
const denied = /^(?:Ready check failed: )?(NOAUTH|WRONGPASS|NOPERM|ERR (?:AUTH|invalid password))/;

/** Do the passwords fit, and can nobody else read them? */
export const credentialsCheck: Check = {
  name: 'credentials',
  about: 'passwords fit, and only their owner can read them',
  live: false,
  async run(view, signal) {
    const files = await judgeSecretFiles(view);
    if (!isUp(view)) return files;
    const shards = view.shards.ok ? view.shards.value : [];
    const findings = await Promise.all([
      judgeRedisPassword(view, signal),
      ...shards.map((shard) => judgeBrewery(shard, signal)),
    ]);
    return [...findings.flat(), ...files];
  },
};

async function judgeRedisPassword({ fleet }: DoctorView, signal: AbortSignal): Promise<Finding[]> {
  const answer = await reachRedis(fleet.redis, signal, ({ redis }) => redis.ping());
  if (answer.ok || !denied.test(answer.reason)) return [];
  const what = `refuses user and password of the fleet file: ${answer.reason}`;
  return [error(redisName(fleet.redis), what, 'correct redis.username and redis.password, or its ACL')];
}

async function judgeBrewery(shard: ShardEndpoints, signal: AbortSignal): Promise<Finding[]> {
  const { brewery } = shard;
  const nick = `usher-doctor-${randomUUID().slice(0, 8)}`;
  try {
    await withSession(breweryAccount(shard), signal, async (session) => {
      await joinRoom(session, brewery.jid, nick);
      await leaveRoom(session, brewery.jid, nick);
    });
    return [];
  } catch (fault) {
    const what = `${brewery.user} cannot enter ${brewery.jid}: ${messageOf(fault)}`;
    return [
      error(`Prosody of ${shard.name}`, what, `correct the password of ${brewery.user} on either side`),
    ];
  }
}
