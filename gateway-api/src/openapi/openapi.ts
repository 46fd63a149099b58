import type { INestApplication } from '@nestjs/common';
import { DocumentBuilder, SwaggerModule } from '@nestjs/swagger';
import type { OpenAPIObject } from '@nestjs/swagger';

/** The description of every route, made from the code. */
export function openApiOf(application: INestApplication): OpenAPIObject {
  const about = new DocumentBuilder()
    .setTitle('MedAccord gateway')
    .setDescription('One organisation’s way onto the consortium’s ledger. Errors are problems (RFC 9457); writes take an Idempotency-Key.')
    .setVersion('v1')
    .addBearerAuth({ type: 'http', scheme: 'bearer', bearerFormat: 'JWT' })
    .build();

  return SwaggerModule.createDocument(application, about, { operationIdFactory: (controller, method) => operationId(controller.replace(/Controller$/, ''), method) });
}

/** Serves the description for people at `/docs` and for programs at `/openapi.json`. */
export function serveOpenApi(application: INestApplication): void {
  SwaggerModule.setup('docs', application, () => openApiOf(application), { jsonDocumentUrl: 'openapi.json', customSiteTitle: 'MedAccord gateway' });
}

/** `licencesStanding` for `LicencesController.standing`: unique, and a good method name in generated clients. */
function operationId(group: string, method: string): string {
  return `${group.charAt(0).toLowerCase()}${group.slice(1)}${method.charAt(0).toUpperCase()}${method.slice(1)}`;
}
