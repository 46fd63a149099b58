import { createHash, randomBytes } from 'node:crypto';
import { createReadStream, createWriteStream, mkdirSync, readdirSync, rmSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { Transform } from 'node:stream';
import type { Readable, TransformCallback } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createParamDecorator, Inject, Injectable, PayloadTooLargeException } from '@nestjs/common';
import type { CallHandler, ExecutionContext, NestInterceptor } from '@nestjs/common';
import { invalidInput, issue } from '@medaccord/domain';
import type { Request } from 'express';
import { finalize } from 'rxjs';
import type { Observable } from 'rxjs';
import { GATEWAY_CONFIG } from '../config/gateway-config.js';
import type { GatewayConfig } from '../config/gateway-config.js';

/** A request body that was written aside while it was hashed, so that it can be read as often as needed. */
export interface Upload {
  readonly bytes: number;
  /** SHA-256; keyed before it is stored anywhere. */
  readonly digest: Uint8Array;
  open(): Readable;
}

const uploads = new WeakMap<object, Upload>();

/** The upload of a request whose route uses `UploadInterceptor`. */
export function uploadOf(request: Request): Upload | undefined {
  return uploads.get(request);
}

/** The upload as a handler's parameter. */
export const CurrentUpload: () => ParameterDecorator = createParamDecorator((_: unknown, context: ExecutionContext): Upload => {
  const upload = uploads.get(context.switchToHttp().getRequest<Request>());
  if (upload === undefined) throw invalidInput([issue('REQUIRED', '')]);

  return upload;
});

/** Where uploads lie while their request runs. */
export function uploadFolder(config: Pick<GatewayConfig, 'dataDirectory'>): string {
  return join(config.dataDirectory, 'uploads');
}

/** Removes what a process that was killed left behind; before this one takes requests. */
export function clearUploads(config: Pick<GatewayConfig, 'dataDirectory'>): void {
  mkdirSync(uploadFolder(config), { recursive: true, mode: 0o700 });
  for (const name of readdirSync(uploadFolder(config))) rmSync(join(uploadFolder(config), name));
}

/** Writes the body into a file (mode 0600) that lives no longer than its request; must stand before idempotency. */
@Injectable()
export class UploadInterceptor implements NestInterceptor {
  readonly #config: GatewayConfig;

  constructor(@Inject(GATEWAY_CONFIG) config: GatewayConfig) {
    this.#config = config;
  }

  async intercept(context: ExecutionContext, next: CallHandler<unknown>): Promise<Observable<unknown>> {
    const request = context.switchToHttp().getRequest<Request>();
    const path = join(uploadFolder(this.#config), randomBytes(12).toString('hex'));
    try {
      uploads.set(request, await receive(request, path, this.#config.limits.uploadBytes));
    } catch (error) {
      await rm(path, { force: true });
      throw error;
    }

    return next.handle().pipe(finalize(() => void rm(path, { force: true })));
  }
}

async function receive(request: Request, path: string, limit: number): Promise<Upload> {
  const hash = createHash('sha256');
  let bytes = 0;
  const measure = new Transform({
    transform(chunk: Buffer, _encoding: BufferEncoding, done: TransformCallback): void {
      bytes += chunk.length;
      hash.update(chunk);
      if (bytes > limit) done(new PayloadTooLargeException());
      else done(null, chunk);
    },
  });
  await pipeline(request, measure, createWriteStream(path, { mode: 0o600, flags: 'wx' }));
  if (bytes === 0) throw invalidInput([issue('REQUIRED', '')]);

  return { bytes, digest: hash.digest(), open: () => createReadStream(path) };
}
