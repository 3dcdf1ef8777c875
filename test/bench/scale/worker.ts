import { parentPort } from 'node:worker_threads';
import { doRun, type Run } from './run.ts';

parentPort?.on('message', async (run: Run) => parentPort?.postMessage(await doRun(run)));
