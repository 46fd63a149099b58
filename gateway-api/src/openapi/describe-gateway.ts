import { NestFactory } from '@nestjs/core';
import { AppModule } from '../app.module.js';
import { parseGatewayConfig } from '../config/gateway-config.js';
import { openApiOf } from './openapi.js';

/** The description of the routes as JSON text, made without a ledger, a database or a token issuer. */
export async function describeGateway(): Promise<string> {
  const here = import.meta.dirname;
  const config = parseGatewayConfig({
    MEDACCORD_MSP_ID: 'AnyMSP',
    MEDACCORD_DATA_DIR: here,
    MEDACCORD_ORGANISATION_DIR: here,
    MEDACCORD_PEER_ENDPOINT: 'localhost:1',
    MEDACCORD_PEER_TLS_CA: import.meta.filename,
    MEDACCORD_TOKEN_ISSUER: 'http://localhost',
  });
  // eslint-disable-next-line @typescript-eslint/no-unsafe-class-instance-assignment -- Nest declares its options as a class that nobody is meant to construct.
  const application = await NestFactory.create(AppModule.for(config), { preview: true, logger: false, abortOnError: false });

  return `${JSON.stringify(openApiOf(application), undefined, 2)}\n`;
}
