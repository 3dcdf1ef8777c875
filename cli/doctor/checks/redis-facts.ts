import type { Redis } from 'ioredis';

/** What a Redis says of itself, as far as it is judged. */
export interface RedisFacts {
  role: string;
  /** Undefined where CONFIG may not be asked, as on many a managed Redis. */
  config: Readonly<Record<string, string>> | undefined;
  usedBytes: number;
  /** 0: no limit. */
  maxBytes: number;
  /** Of its machine; 0 when it does not say. */
  systemBytes: number;
  evictedKeys: number;
  replicas: readonly ReplicaFacts[];
}

/** One replica as the primary sees it. */
export interface ReplicaFacts {
  name: string;
  online: boolean;
  /** Seconds since it was last heard. */
  lagSeconds: number;
  /** Bytes of the replication stream that it has not confirmed. */
  behindBytes: number;
}

const asked = [
  'save',
  'appendonly',
  'maxmemory-policy',
  'min-replicas-to-write',
  'min-replicas-max-lag',
] as const;

/** Reads it. Throws what ioredis throws. */
export async function readRedisFacts(redis: Redis): Promise<RedisFacts> {
  const info = parseInfo(await redis.info());
  const number = (name: string) => Number(info.get(name) ?? 0);
  return {
    role: info.get('role') ?? '',
    config: await readConfig(redis),
    usedBytes: number('used_memory'),
    maxBytes: number('maxmemory'),
    systemBytes: number('total_system_memory'),
    evictedKeys: number('evicted_keys'),
    replicas: replicasOf(info),
  };
}

async function readConfig(redis: Redis): Promise<Record<string, string> | undefined> {
  try {
    const config: Record<string, string> = {};
    for (const name of asked) {
      const answer = await redis.config('GET', name);
      if (Array.isArray(answer)) config[name] = String(answer[1] ?? '');
    }
    return config;
  } catch {
    return undefined;
  }
}

function parseInfo(text: string): Map<string, string> {
  const fields = text.split('\r\n').flatMap((line) => {
    const colon = line.indexOf(':');
    return colon > 0 ? [[line.slice(0, colon), line.slice(colon + 1)] as const] : [];
  });
  return new Map(fields);
}

/** `slave0:ip=127.0.0.1,port=6380,state=online,offset=42,lag=0` */
function replicasOf(info: ReadonlyMap<string, string>): ReplicaFacts[] {
  const written = Number(info.get('master_repl_offset') ?? 0);
  return [...info]
    .filter(([name]) => /^slave\d+$/.test(name))
    .map(([, value]) => {
      const fields = new Map(value.split(',').map((field) => field.split('=', 2) as [string, string]));
      return {
        name: `${fields.get('ip')}:${fields.get('port')}`,
        online: fields.get('state') === 'online',
        lagSeconds: Number(fields.get('lag') ?? 0),
        behindBytes: written - Number(fields.get('offset') ?? 0),
      };
    });
}
