import { describe, expect, it } from 'vitest';
import { fullName } from './full-name.ts';

const inPod = `nameserver 10.96.0.10
search usher.svc.example.cluster svc.example.cluster example.cluster
options ndots:5
`;

describe('fullName', () => {
  it.each([
    ['proxy-1.proxies.usher.svc', inPod, 'proxy-1.proxies.usher.svc.example.cluster'],
    ['proxy-1.proxies.usher.svc.other', inPod, 'proxy-1.proxies.usher.svc.other'],
    ['127.0.0.1', inPod, '127.0.0.1'],
    ['proxy-1.proxies.usher.svc', 'nameserver 192.0.2.1\n', 'proxy-1.proxies.usher.svc'],
    ['proxy-1.proxies.usher.svc', '', 'proxy-1.proxies.usher.svc'],
  ])('of %s', (host, resolvConf, expected) => expect(fullName(host, resolvConf)).toBe(expected));
});
