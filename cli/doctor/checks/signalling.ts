import { describeSignalling } from '../../shard/describe-signalling.ts';
import type { Check } from '../check.ts';
import { type Finding, warn } from '../finding.ts';

/** Has the signalling of the shards room enough? */
export const signallingCheck: Check = {
  name: 'signalling',
  about: 'no shard’s signalling is near its limit, and there are as many shards as are needed',
  live: true,
  async run({ status }) {
    if (!status.ok) return [];
    const { shards, signalling } = status.value;
    const near = shards.flatMap(({ name, signalling: own }): Finding[] => {
      if (!own?.near) return [];
      const what =
        `${own.participants ?? 'unknown'} of ${Math.round(own.maxParticipants)} participants, ` +
        `${own.websockets ?? 'unknown'} of ${Math.round(own.maxWebsockets)} websockets`;
      return [warn(name, `its signalling is near its limit: ${what}`, 'see docs/scale-shards.md')];
    });
    const advised = describeSignalling(signalling).map((line) =>
      warn('shards', line, 'see docs/scale-shards.md'),
    );
    return [...near, ...advised];
  },
};
