import type { NextFunction, Request, Response } from 'express';
import type { Logger } from 'pino';
import { traceIdOf } from '../http/trace.js';
import type { Metrics } from './metrics.js';

/** Express middleware: one measurement and one log line (at info) per request, by route template. */
export function recordRequests(metrics: Metrics, log: Logger): (request: Request, response: Response, next: NextFunction) => void {
  return (request, response, next) => {
    const began = performance.now();
    response.on('close', () => {
      const duration = (performance.now() - began) / 1000;
      const method = request.method;
      const route = routeTemplateOf(request);
      const status = response.statusCode;
      metrics.requested(method, route, status, duration);
      log.info({ traceId: traceIdOf(request), method, route, status, seconds: Number(duration.toFixed(4)) }, 'request');
    });
    next();
  };
}

/** The path as declared, with `:id` in place of ids; what matched no route is not told. */
function routeTemplateOf(request: Request): string {
  const route: unknown = request.route;
  const path = typeof route === 'object' && route !== null && 'path' in route ? route.path : undefined;

  return typeof path === 'string' ? path : 'none';
}
