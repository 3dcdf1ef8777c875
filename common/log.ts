import { type Logger as PinoLogger, pino } from 'pino';

/** Warn and error carry a fixed message and a metadata object, so that they can be counted. */
export type Logger = PinoLogger;

/** JSON lines on stderr: stdout belongs to commands' results. Level by USHER_LOG_LEVEL. */
export function createLogger(name: string, level = process.env.USHER_LOG_LEVEL ?? 'info'): Logger {
  return pino({ name, level, base: { name, pid: process.pid } }, pino.destination({ dest: 2, sync: true }));
}
