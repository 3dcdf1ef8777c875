import type { Answers } from './answers.ts';

/** What is to be known of a new fleet. */
export interface Query {
  readonly key: keyof Answers;
  readonly flag: string;
  /** The question. */
  readonly text: string;
  /** The answer of who says nothing; undefined: somebody must say it. */
  usual(driver: string | undefined): string | undefined;
}

/** The questions, in their order. */
export const queries: readonly Query[] = [
  { key: 'name', flag: '--name', text: "the fleet's name", usual: () => undefined },
  { key: 'driver', flag: '--driver', text: 'where it runs: kubernetes or local', usual: () => 'kubernetes' },
  {
    key: 'publicUrl',
    flag: '--public-url',
    text: 'where people reach it, as in https://meet.example.org',
    usual: (driver) => (driver === 'local' ? 'http://127.0.0.1:8001' : undefined),
  },
  { key: 'region', flag: '--region', text: 'the region of its first shard', usual: () => 'eu' },
  {
    key: 'imageTag',
    flag: '--image-tag',
    text: "the version of Jitsi's images",
    usual: (driver) => (driver === 'local' ? 'local' : 'stable-11146'),
  },
  {
    key: 'media',
    flag: '--media',
    text: 'how media reaches bridges: hostport or nodeport',
    usual: () => 'hostport',
  },
  { key: 'proxies', flag: '--proxies', text: 'how many proxies', usual: () => '2' },
];
