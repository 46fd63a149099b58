/** What a log line may carry: names, numbers and codes. Never an argument, a key, a value or a message of a foreign error. */
export type LogFields = Readonly<Record<string, string | number | boolean | undefined>>;

const levels = ['info', 'warn', 'error'] as const;
export type LogLevel = (typeof levels)[number];

/** Writes one JSON line to standard error, if the level is at least CHAINCODE_LOG_LEVEL (`info` where that is not set). */
export function log(level: LogLevel, message: string, fields: LogFields = {}): void {
  if (levels.indexOf(level) < levels.findIndex((known) => known === (process.env['CHAINCODE_LOG_LEVEL'] ?? 'info'))) return;
  process.stderr.write(`${JSON.stringify({ time: new Date().toISOString(), level, message, ...fields })}\n`);
}

/** Reports a fault that no rule foresaw: where it happened and its class, without its message, which may quote data. */
export function logFault(error: unknown, fields: LogFields = {}): void {
  const name = error instanceof Error ? error.name : typeof error;
  const frames = error instanceof Error ? (error.stack ?? '').split('\n').filter((line) => /^\s+at /.test(line)) : [];
  log('error', 'unexpected fault', { ...fields, error: name, at: frames.slice(0, 8).map((line) => line.trim()).join(' < ') });
}
