import { readConfig } from '../simulator/config.ts';
import { serveRest } from '../simulator/rest.ts';
import { runSimulator } from '../simulator/run.ts';
import { jicofoConfigSchema } from './config.ts';
import { Jicofo } from './jicofo.ts';
import { jicofoRoutes } from './rest.ts';

/** A Jicofo that manages simulated bridges: `main.ts --config FILE`. */
await runSimulator('jicofo', async (stop, log) => {
  const config = readConfig(jicofoConfigSchema, process.argv.slice(2));
  const jicofo = new Jicofo(config, log.child({ shard: config.shard }));
  const restPort = await serveRest(config, jicofoRoutes(jicofo, config), stop.signal);
  log.info({ shard: config.shard, restPort }, 'jicofo simulator started');
  await jicofo.run(stop.signal);
});
