/** What a log line may carry: names, numbers and codes. Never an argument, a key, a value or a message of a foreign error. */
export type LogFields = Readonly<Record<string, string | number | boolean | undefined>>;

/** Writes one JSON line to standard error. */
export function log(level: 'info' | 'warn' | 'error', message: string, fields: LogFields = {}): void {
  process.stderr.write(`${JSON.stringify({ time: new Date().toISOString(), level, message, ...fields })}\n`);
}

/** Reports a fault that no rule foresaw: where it happened and its class, without its message, which may quote data. */
export function logFault(error: unknown, fields: LogFields = {}): void {
  const name = error instanceof Error ? error.name : typeof error;
  const frames = error instanceof Error ? (error.stack ?? '').split('\n').filter((line) => /^\s+at /.test(line)) : [];
  log('error', 'unexpected fault', { ...fields, error: name, at: frames.slice(0, 8).map((line) => line.trim()).join(' < ') });
}
