import type { LoggerService } from '@nestjs/common';
import type { Logger } from 'pino';

/** Nest's own lines in our log; the framework's start-up chatter counts as debug. */
export class NestLogger implements LoggerService {
  readonly #log: Logger;

  constructor(log: Logger) {
    this.#log = log;
  }

  log(message: unknown): void {
    this.#log.debug({ source: 'nest' }, String(message));
  }

  warn(message: unknown): void {
    this.#log.warn({ source: 'nest' }, String(message));
  }

  /** Nest passes thrown errors here only while it starts, before any request has been read. */
  error(message: unknown): void {
    this.#log.error({ source: 'nest' }, String(message));
  }

  fatal(message: unknown): void {
    this.#log.fatal({ source: 'nest' }, String(message));
  }
}
