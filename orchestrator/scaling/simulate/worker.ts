import { parentPort } from 'node:worker_threads';
import { doRun, type Run } from './run.ts';

// What is thrown ends the thread: the pool tells it to whoever waits, and starts another thread.
parentPort?.on('message', (run: Run) => {
  const ran = doRun(run, (days) => parentPort?.postMessage({ days }));
  parentPort?.postMessage({ ran });
});
