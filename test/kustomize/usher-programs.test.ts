import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { PassThrough } from 'node:stream';
import { beforeAll, describe, expect, it } from 'vitest';
import { whichOrchestrator } from '../../cli/process/which-orchestrator.ts';
import { createProgram } from '../../cli/program.ts';
import { parseFleet } from '../../orchestrator/fleet/read-fleet.ts';
import type { Fleet } from '../../orchestrator/fleet/schema.ts';
import { ownRedis } from '../../orchestrator/local-fleet/own-redis.ts';
import { fleetPaths, masterSocket, proxyDirectory } from '../../orchestrator/local-fleet/paths.ts';
import {
  redisConfiguration,
  sentinelConfiguration,
} from '../../orchestrator/local-fleet/redis-configuration.ts';
import { type RedisServer, redisNodes } from '../../orchestrator/local-fleet/redis-servers.ts';
import { build, builder } from './builder.ts';
import { type Container, containersOf, type KubeObject, type Workload, workloadsOf } from './kube-object.ts';
import { exampleFolder, usherObjects } from './usher-fleet.ts';

const redisFiles = join(exampleFolder, '../../base/usher/redis');
const values: Record<string, string> = { POD_NAME: 'proxy-0', POD_IP: '10.1.2.3' };
let objects: KubeObject[];
let workloads: Workload[];
let fleet: Fleet;

beforeAll(async () => {
  if (!builder) return;
  objects = usherObjects(await build(exampleFolder));
  workloads = workloadsOf(objects);
  const map = objects.find(({ kind, metadata }) => kind === 'ConfigMap' && metadata.name === 'fleet');
  fleet = parseFleet('fleet.yaml', map?.data['fleet.yaml'] ?? '');
});

function workload(name: string): Workload {
  const found = workloads.find(({ metadata }) => metadata.name === name);
  if (found) return found;
  throw new Error(`no workload ${name}`);
}

function container(name: string): Container {
  const found = workloads.flatMap(containersOf).find((one) => one.name === name);
  if (found) return found;
  throw new Error(`no container ${name}`);
}

function portOf(name: string, port: string): number | undefined {
  return container(name).ports.find((one) => one.name === port)?.containerPort;
}

/** As the kubelet, or a shell, fills in variables of the container. */
function filledIn(words: readonly string[]): string[] {
  return words.map((word) =>
    word.replace(/\$\((\w+)\)|"\$(\w+)"|\$(\w+)/g, (_, ...names: string[]) => {
      const name = names.slice(0, 3).find(Boolean) ?? '';
      return values[name] ?? `no ${name}`;
    }),
  );
}

/** What our own program makes of a command line, without running it. */
async function parsed(words: readonly string[]): Promise<Record<string, unknown>> {
  const stream = new PassThrough();
  const program = createProgram({ stdout: stream, stderr: stream, signal: AbortSignal.abort() });
  let options: Record<string, unknown> = {};
  for (const command of program.commands) {
    command.action(() => {
      options = { command: command.name(), ...command.optsWithGlobals() };
    });
  }
  await program.parseAsync(filledIn(words), { from: 'user' });
  return options;
}

describe.skipIf(!builder)('the fleet file', () => {
  it('lists the pods of the StatefulSet proxy, on the ports that their containers and Services have', () => {
    const replicas = workload('proxy').spec.replicas ?? 0;
    expect(fleet.proxies.map(({ name }) => name)).toEqual(
      Array.from({ length: replicas }, (_, index) => `proxy-${index}`),
    );
    for (const { name, bind, stats, agent } of fleet.proxies) {
      const host = `${name}.proxies.usher.svc`;
      expect(agent).toEqual({
        spoe: { host, port: portOf('agent', 'spoe') },
        http: { host, port: portOf('agent', 'agent') },
      });
      expect([bind[0]?.port, stats.port]).toEqual([portOf('haproxy', 'http'), portOf('haproxy', 'stats')]);
    }
    expect(fleet.orchestrator.api[0]?.port).toBe(portOf('orchestrator', 'api'));
  });

  it('lists the pods of the StatefulSet redis, each of which has a Service of its own', () => {
    const replicas = workload('redis').spec.replicas ?? 0;
    const pods = Array.from({ length: replicas }, (_, index) => `redis-${index}`);
    expect(fleet.redis.sentinels).toEqual(
      pods.map((pod) => ({ host: `${pod}.redis.usher.svc`, port: portOf('sentinel', 'sentinel') })),
    );
    for (const name of ['redis', 'sentinel']) {
      expect(container(name).env).toContainEqual({ name: 'PODS', value: pods.join(' ') });
    }
    for (const pod of pods) {
      const service = objects.find(({ kind, metadata }) => kind === 'Service' && metadata.name === pod);
      expect(service?.spec).toMatchObject({
        publishNotReadyAddresses: true,
        selector: { 'statefulset.kubernetes.io/pod-name': pod },
      });
    }
  });

  it('has its passwords from a variable that orchestrators and agents have', () => {
    const text = readFileSync(join(exampleFolder, 'fleet.yaml'), 'utf8');
    const names = [...text.matchAll(/assword: \{ env: (\w+) \}/g)].map(([, name]) => name);
    expect(names).toEqual(['REDIS_PASSWORD', 'REDIS_PASSWORD']);
    for (const name of ['orchestrator', 'agent', 'redis', 'sentinel']) {
      expect(container(name).env).toContainEqual({
        name: 'REDIS_PASSWORD',
        valueFrom: { secretKeyRef: { name: 'redis', key: 'password' } },
      });
    }
  });
});

describe.skipIf(!builder)('command lines', () => {
  it('are known to usher', async () => {
    const orchestrator = await parsed(container('orchestrator').args);
    expect(orchestrator).toMatchObject({ command: 'orchestrator', fleet: '/etc/usher' });
    const { name = '', api = '' } = orchestrator as Record<string, string>;
    expect(whichOrchestrator(fleet, { name, api })).toMatchObject({
      api: { host: '10.1.2.3', port: portOf('orchestrator', 'api') },
    });
    const common = { proxy: 'proxy-0', fleet: '/etc/usher', state: '/run/usher' };
    expect(await parsed(container('agent').args)).toMatchObject({
      command: 'agent',
      host: '10.1.2.3',
      ...common,
    });
    const [sh, flag, script = ''] = container('haproxy').lifecycle?.preStop.exec.command ?? [];
    expect([sh, flag, ...script.split(' ').slice(0, 2)]).toEqual(['sh', '-c', 'exec', 'usher']);
    expect(await parsed(script.split(' ').slice(2))).toMatchObject({ command: 'await-empty', ...common });
  });

  it('name the files that the agent writes and HAProxy reads, in a folder that both have', () => {
    const paths = fleetPaths('/run/usher');
    const configuration = join(proxyDirectory(paths, 'proxy-0'), 'haproxy.cfg');
    const started = filledIn(container('haproxy').command);
    expect(started).toEqual([
      'haproxy',
      '-W',
      '-db',
      '-S',
      masterSocket(paths, 'proxy-0'),
      '-f',
      configuration,
    ]);
    const { command } = Object(container('agent').startupProbe).exec;
    expect(filledIn(command).at(-1)?.replaceAll('"', '')).toBe(`test -e ${configuration}`);
    for (const name of ['agent', 'haproxy']) {
      expect(container(name).volumeMounts).toContainEqual({ name: 'run', mountPath: '/run/usher' });
      expect(container(name).volumeMounts).toContainEqual({ name: 'fleet', mountPath: '/etc/usher' });
    }
  });

  it('leave HAProxy as long for its last clients as a reload does', () => {
    const graceMs = workload('proxy').spec.template.spec.terminationGracePeriodSeconds * 1_000;
    for (const { limits } of fleet.proxies) expect(graceMs).toBeGreaterThanOrEqual(limits.hardStopAfterMs);
  });
});

describe('the configuration of Redis', () => {
  /** A configuration's settings but for what is the machine's own; `usher` stands for whatever the primary is called. */
  const settingsOf = (text: string) =>
    text
      .split('\n')
      .filter((line) =>
        /^(save|appendonly|maxmemory-policy|min-replicas|repl-|sentinel (down|failover|parallel))/.test(line),
      )
      .toSorted();
  const local = parseFleet(
    'fleet.yaml',
    `name: local
redis: { nodes: [{ port: 1 }, { port: 2 }, { port: 3 }], sentinels: [{ port: 4 }, { port: 5 }, { port: 6 }] }
orchestrator: { api: 127.0.0.1:7 }
proxies: [{ name: p, bind: '127.0.0.1:8', stats: '127.0.0.1:9', agent: { spoe: '127.0.0.1:10', http: '127.0.0.1:11' } }]
`,
  );
  const own = ownRedis(local);
  const [node] = own ? redisNodes(own, fleetPaths(dirname(exampleFolder))) : [];

  it.each<[string, (server: RedisServer) => string]>([
    ['redis.conf', (server) => (own ? redisConfiguration(own, server) : '')],
    ['sentinel.conf', (server) => (own ? sentinelConfiguration(own, local.redis, server) : '')],
  ])('in %s is that of a fleet on one machine', (file, configuration) => {
    const there = settingsOf(readFileSync(join(redisFiles, file), 'utf8'));
    expect(there.length).toBeGreaterThanOrEqual(3);
    expect(there).toEqual(node ? settingsOf(configuration(node)) : []);
  });
});
