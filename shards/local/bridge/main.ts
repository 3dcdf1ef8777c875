import { loop } from '../../../common/loop.ts';
import { sleep } from '../../../common/time.ts';
import { readConfig } from '../simulator/config.ts';
import { serveRest } from '../simulator/rest.ts';
import { runSimulator } from '../simulator/run.ts';
import { joinBrewery } from './brewery.ts';
import { Bridge } from './bridge.ts';
import { bridgeConfigSchema } from './config.ts';
import { bridgeRoutes } from './rest.ts';

/** A Jitsi Videobridge without media: `main.ts --config FILE`. */
await runSimulator('bridge', async (stop, log) => {
  const config = readConfig(bridgeConfigSchema, process.argv.slice(2));
  const session = new AbortController();
  const bridge = new Bridge(config, () => void end());
  const brewery = joinBrewery(
    bridge,
    config,
    session.signal,
    log.child({ shard: config.shard, bridge: config.name }),
  );

  /** Says that it is shutting down, gives Jicofo time to see it, and ends. */
  async function end(): Promise<void> {
    await brewery.announce().catch(() => log.warn('bridge ends without the brewery'));
    await sleep(config.shuttingDownDelayMs, stop.signal);
    stop.abort();
  }

  const restPort = await serveRest(config, bridgeRoutes(bridge), stop.signal);
  log.info({ bridge: config.name, restPort }, 'bridge simulator started');
  await loop('stats', config.statsIntervalMs, stop.signal, log, async () => {
    bridge.tick();
    await brewery.announce();
  });
  await brewery.leave().catch(() => log.warn('bridge ended without leaving the brewery'));
  session.abort();
  await brewery.done;
});
