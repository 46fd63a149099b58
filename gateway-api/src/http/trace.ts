import { randomBytes } from 'node:crypto';
import type { NextFunction, Request, Response } from 'express';

const traceparent = /^00-([0-9a-f]{32})-[0-9a-f]{16}-[0-9a-f]{2}$/;
const traces = new WeakMap<object, string>();

/** Express middleware: takes the caller's W3C trace id or makes one, and answers with it. */
export function traceRequests(request: Request, response: Response, next: NextFunction): void {
  const traceId = traceparent.exec(request.get('traceparent') ?? '')?.[1] ?? randomBytes(16).toString('hex');
  traces.set(request, traceId);
  response.setHeader('X-Trace-Id', traceId);
  next();
}

/** The id under which this request appears in logs and problems. */
export function traceIdOf(request: object): string {
  return traces.get(request) ?? 'none';
}
