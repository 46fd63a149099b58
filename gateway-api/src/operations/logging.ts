import { pino } from 'pino';
import type { DestinationStream, Logger } from 'pino';
import type { LogLevel } from '../config/gateway-config.js';

/** Names the process's logger among Nest's providers. */
export const LOGGER = Symbol('LOGGER');

/** What may never stand in a log line, wherever a caller of the logger puts it. */
const redacted = ['body', 'headers', 'query', 'params', 'url', 'authorization', 'token', 'transient', 'document', 'err.message', 'err.stack'];

/** JSON lines with the organisation in each; quiet (warnings) unless configured otherwise. */
export function createLogger(level: LogLevel, mspId: string, destination?: DestinationStream): Logger {
  const options = {
    level,
    base: { organisation: mspId },
    timestamp: pino.stdTimeFunctions.isoTime,
    redact: { paths: redacted.flatMap((path) => [path, `*.${path}`]), remove: true },
  };

  // Standard output belongs to the one line that says where the gateway listens.
  return pino(options, destination ?? pino.destination({ fd: 2, sync: true }));
}
