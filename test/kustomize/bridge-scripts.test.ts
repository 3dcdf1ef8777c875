import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { build, builder } from './builder.ts';
import { type Container, workloadsOf } from './kube-object.ts';
import { makeFleet } from './testing-fleet.ts';

const run = promisify(execFile);
let directory: string;

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'usher-bridge-'));
  // The scripts wait by sleep, which takes no time here.
  await writeFile(join(directory, 'sleep'), '#!/bin/sh\necho "$1" >> "$0.log"\n');
  await chmod(join(directory, 'sleep'), 0o755);
});
afterEach(() => rm(directory, { recursive: true }));

async function bridgeOf(
  components: string[],
): Promise<{ first: Container | undefined; jvb: Container | undefined }> {
  const { fleet, root } = await makeFleet([{ name: 'eu-1', components }]);
  const deployment = workloadsOf(await build(fleet)).find(({ metadata }) => metadata.name === 'jvb');
  await rm(root, { recursive: true });
  const { initContainers, containers } = deployment?.spec.template.spec ?? {};
  return { first: initContainers?.[0], jvb: containers?.[0] };
}

async function bash(script: string) {
  const env = { PATH: `${directory}:${process.env.PATH}` };
  return run('bash', ['-c', script], { env, timeout: 20_000 });
}

/** A bridge that says in turn that so many are left; the last answer again and again. */
async function startBridge(answers: readonly string[]) {
  const asked: string[] = [];
  const server = createServer((request, response) => {
    asked.push(`${request.method} ${request.url}`);
    const turn = asked.filter((one) => one.startsWith('GET')).length - 1;
    response.end(request.method === 'GET' ? (answers[turn] ?? answers.at(-1)) : '{}');
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const { port } = server.address() as AddressInfo;
  return { asked, url: `http://127.0.0.1:${port}/colibri`, close: () => server.close() };
}

describe.skipIf(!builder)('preStop of a bridge', () => {
  it('drains it and waits until nobody is on it on three reads in a row', async () => {
    const script = (await bridgeOf(['media-hostport'])).jvb?.lifecycle?.preStop.exec.command.at(-1) ?? '';
    const left = ['{"local_endpoints":2}', '{"local_endpoints":0}', 'broken', '{}', '{"local_endpoints":0}'];
    const bridge = await startBridge(left);
    expect(script).toContain('http://127.0.0.1:8080/colibri');
    await bash(script.replace('http://127.0.0.1:8080/colibri', bridge.url));
    bridge.close();
    expect(bridge.asked.slice(0, 2)).toEqual(['POST /colibri/drain/enable', 'GET /colibri/stats']);
    // Two that are not nobody, one that is, two that say nothing, and three in a row.
    expect(bridge.asked.filter((one) => one.startsWith('GET'))).toHaveLength(7);
  });
});

describe.skipIf(!builder)('the wait for a media port', () => {
  it('ends when the port is there, and fails in 5 min when it is not', async () => {
    const { first, jvb } = await bridgeOf(['media-nodeport']);
    expect(first).toMatchObject({ name: 'media-port', image: jvb?.image });
    const script = (first?.command.at(-1) ?? '').replace('/media/port', join(directory, 'port'));
    await writeFile(join(directory, 'port'), '');
    await expect(bash(script)).rejects.toMatchObject({
      code: 1,
      stdout: expect.stringContaining('usher.dev/media-port'),
    });
    await writeFile(join(directory, 'port'), '31234');
    expect(await bash(script)).toMatchObject({ stdout: '' });
  });
});
