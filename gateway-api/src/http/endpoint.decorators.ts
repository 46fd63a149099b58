import { applyDecorators, Header, HttpCode, UseGuards, UseInterceptors } from '@nestjs/common';
import type { Type } from '@nestjs/common';
import { ApiBearerAuth, ApiBody, ApiExtension, ApiExtraModels, ApiHeader, ApiOperation, ApiProduces, ApiQuery, ApiResponse, ApiTags, getSchemaPath } from '@nestjs/swagger';
import { Allow, Public } from '../auth/access.decorators.js';
import { PERMISSIONS } from '../auth/permissions.js';
import type { Permission, PublicPurpose } from '../auth/permissions.js';
import { PublicLimit } from './public-limit.js';
import { IdempotencyKeyGuard } from '../idempotency/idempotency-key.guard.js';
import { IdempotencyInterceptor } from '../idempotency/idempotency.interceptor.js';
import { PendingOperationDto, ProblemDto } from './problem.dto.js';
import { UploadInterceptor } from './upload.js';

/** What the API's description says of a route. */
export interface EndpointText {
  readonly summary: string;
  readonly description?: string;
  /** Groups routes in the description. */
  readonly tag: string;
}

/** A route that reads. */
export interface QueryText extends EndpointText {
  readonly answer: Type | [Type];
}

/** A route that answers with a file of this media type. */
export interface FileText extends EndpointText {
  readonly file: string;
}

/** A route that writes. */
export interface CommandText extends EndpointText {
  readonly answer: Type | [Type];
  /** 201 where something comes into being (the default), 200 where something is done. */
  readonly status?: 200 | 201;
  readonly body?: Type;
  /** The body is one of these, told apart by its `verb`. */
  readonly bodies?: readonly Type[];
  /** The body is a file of this media type, taken as a stream; the handler takes it with `@CurrentUpload()`. */
  readonly upload?: string;
}

/** For how long a public answer may be kept: a seal is unseen by those who kept one for so long. */
const PUBLIC_SECONDS = 300;

const refusals: Readonly<Record<number, string>> = {
  400: 'Not well formed; `issues` say where.',
  401: 'No valid bearer token.',
  403: 'The token’s organisation or roles may not do this.',
  404: 'There is no such thing.',
  503: 'The ledger does not answer or is busy with the same records; try again.',
};

const commandRefusals: Readonly<Record<number, string>> = {
  ...refusals,
  409: 'In conflict with what is recorded, or the Idempotency-Key is in use.',
  412: 'The record has changed since the version that the request names.',
  422: 'A rule does not allow it.',
};

/** A route that reads: its permission and its description. */
export function Query(permission: Permission, text: QueryText | FileText): MethodDecorator {
  const answered = 'file' in text ? [ApiProduces(text.file), ApiResponse({ status: 200, schema: { type: 'string', format: 'binary' } }), Header('Content-Type', text.file)] : [ApiResponse({ status: 200, type: text.answer })];

  return applyDecorators(...described(permission, text, refusals), ...answered);
}

/** A route that anyone may read without a token: its purpose, a limit per address, and its description. Answers may be kept for minutes. */
export function PublicQuery(purpose: PublicPurpose, text: QueryText | FileText): MethodDecorator {
  const answered = 'file' in text ? [ApiProduces(text.file), ApiResponse({ status: 200, schema: { type: 'string', format: 'binary' } })] : [ApiResponse({ status: 200, type: text.answer })];

  return applyDecorators(
    Public(purpose),
    UseGuards(PublicLimit),
    Header('Cache-Control', `public, max-age=${PUBLIC_SECONDS}`),
    ApiExtension('x-public', purpose),
    ApiTags(text.tag),
    ApiOperation({ summary: text.summary, description: [text.description, 'For anyone, without a token.'].filter((part) => part !== undefined).join(' ') }),
    ...answered,
    ...[400, 404, 429, 503].map((status) => ApiResponse({ status, description: refusals[status] ?? 'Too many requests from this address; `Retry-After` says when to come again.', type: ProblemDto })),
  );
}

/** What is unusual about a list's parameters. */
export interface PageText {
  readonly after?: string;
  /** `after` is a number, not an id. */
  readonly position?: true;
  readonly limit?: string;
}

/** Describes the parameters of a list that is read in pages (`page.ts`). */
export function Paged({ after, position, limit }: PageText = {}): MethodDecorator {
  return applyDecorators(
    ApiQuery({ name: 'after', required: false, description: after ?? 'The `next` of the page before.', type: position === true ? Number : String }),
    ApiQuery({ name: 'limit', required: false, type: Number, description: limit ?? '1 to 1000; 100 where left out.' }),
  );
}

/** A route that writes, once per Idempotency-Key: its permission, idempotency and description. */
export function Command(permission: Permission, text: CommandText): MethodDecorator {
  const status = text.status ?? 201;

  return applyDecorators(
    ...described(permission, text, commandRefusals),
    HttpCode(status),
    UseGuards(IdempotencyKeyGuard),
    // The upload is received first: what it holds decides whether the request is a resend.
    UseInterceptors(...(text.upload === undefined ? [IdempotencyInterceptor] : [UploadInterceptor, IdempotencyInterceptor])),
    ApiHeader({ name: 'Idempotency-Key', required: true, description: 'Chosen by the client, unique per request: a resend with the same key and body gets the first answer.', schema: { type: 'string', maxLength: 255 } }),
    ApiResponse({ status, type: text.answer }),
    ApiResponse({ status: 202, type: PendingOperationDto, description: 'Sent, and the outcome is not known yet; `Location` tells it.' }),
    ...(text.body === undefined ? [] : [ApiBody({ type: text.body })]),
    ...(text.bodies === undefined ? [] : [ApiExtraModels(...text.bodies), ApiBody({ schema: { oneOf: text.bodies.map((body) => ({ $ref: getSchemaPath(body) })) } })]),
    ...(text.upload === undefined ? [] : [ApiBody({ schema: { type: 'string', format: 'binary' }, description: `The file, as ${text.upload}.` })]),
  );
}

function described(permission: Permission, text: EndpointText, answers: Readonly<Record<number, string>>): MethodDecorator[] {
  const roles = PERMISSIONS[permission].join(', ');
  const description = [text.description, `Roles: ${roles}.`].filter((part) => part !== undefined).join('\n\n');

  return [
    Allow(permission),
    ApiExtension('x-permission', permission),
    ApiTags(text.tag),
    ApiBearerAuth(),
    ApiOperation({ summary: text.summary, description }),
    ...Object.entries(answers).map(([status, meaning]) => ApiResponse({ status: Number(status), description: meaning, type: ProblemDto })),
  ];
}
