import 'reflect-metadata';
import type { DynamicModule } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { NestExpressApplication } from '@nestjs/platform-express';
import helmet from 'helmet';
import { AppModule } from './app.module.js';
import type { GatewayConfig } from './config/gateway-config.js';
import { traceRequests } from './http/trace.js';
import { clearUploads } from './http/upload.js';
import { serveOpenApi } from './openapi/openapi.js';
import { createLogger } from './operations/logging.js';
import { Metrics } from './operations/metrics.js';
import { NestLogger } from './operations/nest-logger.js';
import { recordRequests } from './operations/record-requests.js';

/** TLS ends in front of the gateway; a browser that reads `/docs` over plain HTTP must not be sent to HTTPS. */
const plainHttp = { upgradeInsecureRequests: null };

/** A gateway that takes requests. */
export interface RunningGateway {
  readonly url: string;
  /** Finishes the requests under way, then closes ledger and database. */
  close(): Promise<void>;
}

/** Starts one organisation's gateway; several may run in one process, as the tests do. */
export async function startGateway(config: GatewayConfig): Promise<RunningGateway> {
  return startApplication(AppModule.for(config), config);
}

/** Starts an application that has `AppModule` in it. */
export async function startApplication(module: DynamicModule, config: GatewayConfig): Promise<RunningGateway> {
  clearUploads(config);
  const log = createLogger(config.logLevel, config.mspId);
  // eslint-disable-next-line @typescript-eslint/no-unsafe-class-instance-assignment -- Nest declares its options as a class that nobody is meant to construct.
  const application = await NestFactory.create<NestExpressApplication>(module, { bodyParser: false, logger: new NestLogger(log), abortOnError: false });
  application.disable('x-powered-by');
  application.set('trust proxy', [...config.trustedProxies]);
  application.use(traceRequests, recordRequests(application.get(Metrics), log), helmet({ contentSecurityPolicy: { directives: plainHttp } }));
  application.useBodyParser('json', { limit: config.limits.jsonBytes });
  serveOpenApi(application);
  await application.listen(config.port, config.host);

  return { url: urlOf(application, config.host), close: () => application.close() };
}

function urlOf(application: NestExpressApplication, host: string): string {
  const address: unknown = application.getHttpServer().address();
  const port = typeof address === 'object' && address !== null && 'port' in address ? Number(address.port) : 0;

  return `http://${host === '127.0.0.1' ? 'localhost' : host}:${port}`;
}
