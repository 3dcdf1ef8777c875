import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { createApi } from '../../orchestrator/api/server.ts';
import type { Control } from '../../orchestrator/control/control.ts';
import { apiRoutes } from './api-routes.ts';
import { pages } from './pages.ts';

describe('docs/reference', () => {
  it('is what `node docs/generate/main.ts` writes', async () => {
    for (const [file, text] of await pages()) {
      expect(readFileSync(file, 'utf8'), fileURLToPath(file)).toBe(text);
    }
  });

  it('has types, defaults, comments and labels from where they are defined', async () => {
    const all = [...(await pages()).values()].join('\n');
    expect(all).toContain('| `claimMs` | whole number, 10 to 5000 | `100` | How long a request waits');
    expect(all).toContain('| `agent.spoe` | HOST:PORT | required | Where HAProxy asks for claims. |');
    expect(all).toContain('| `proxies[].error` | text |');
    expect(all).toMatch(/`usher_agent_claims_total` \| counter \| outcome: `seated`/);
  });

  it('tells of every route that the server has, and of no other', async () => {
    // Routes are only registered: nothing of the control plane is touched.
    const server = createApi({} as Control);
    await server.ready();
    for (const { route } of apiRoutes) {
      const [method = '', url = ''] = route.split(' ');
      expect(server.hasRoute({ method: method === 'POST' ? 'POST' : 'GET', url }), route).toBe(true);
    }
    const methods = server.printRoutes({ commonPrefix: false }).match(/\b(GET|POST|PUT|DELETE|PATCH)\b/g);
    expect(methods).toHaveLength(apiRoutes.length);
  });
});
