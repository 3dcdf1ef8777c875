import { exitCodes, messageOf, UsherError } from '../../../common/errors.ts';
import { createLogger, type Logger } from '../../../common/log.ts';

/**
 * Runs a simulator's main until it returns or SIGTERM or SIGINT aborts `stop`; `stop` also lets it end
 * itself. Exit code 0, or the error's with its message on stderr.
 */
export async function runSimulator(
  name: string,
  main: (stop: AbortController, log: Logger) => Promise<void>,
): Promise<void> {
  const stop = new AbortController();
  process.once('SIGTERM', () => stop.abort());
  process.once('SIGINT', () => stop.abort());
  const log = createLogger(name);
  try {
    await main(stop, log);
  } catch (error) {
    log.error({ error: messageOf(error) }, 'simulator failed');
    process.exitCode = error instanceof UsherError ? error.exitCode : exitCodes.failure;
    stop.abort();
  }
}
