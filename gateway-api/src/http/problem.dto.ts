import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import type { ErrorCode, Issue, IssueCode } from '@medaccord/domain';
import { ERROR_DEFINITIONS, ISSUE_DEFINITIONS } from '@medaccord/domain';
import type { PendingOperation } from '../idempotency/pending-operation.js';
import type { Problem } from './problem.js';

/** One thing that is wrong with a request. */
export class IssueDto implements Issue {
  @ApiProperty({ enum: Object.keys(ISSUE_DEFINITIONS), enumName: 'IssueCode' })
  code!: IssueCode;

  @ApiProperty({ description: 'JSON Pointer into the request.', example: '/expires' })
  path!: string;

  @ApiProperty()
  message!: string;
}

/** An error (RFC 9457). Nothing in it repeats what the request held. */
export class ProblemDto implements Problem {
  @ApiProperty({ example: 'urn:medaccord:problem:LICENCE_NOT_FOUND' })
  type!: string;

  @ApiProperty()
  title!: string;

  @ApiProperty()
  status!: number;

  @ApiProperty({ enum: Object.keys(ERROR_DEFINITIONS), enumName: 'ErrorCode', description: 'Stable name of the error.' })
  code!: ErrorCode;

  @ApiProperty({ description: 'Under this id the request stands in the gateway’s log.' })
  traceId!: string;

  @ApiPropertyOptional({ type: [IssueDto] })
  issues?: IssueDto[];

  @ApiPropertyOptional({ type: 'object', additionalProperties: true })
  details?: Record<string, unknown>;
}

/** The answer 202. */
export class PendingOperationDto implements PendingOperation {
  @ApiProperty()
  operationId!: string;

  @ApiProperty({ enum: ['pending'] })
  state!: 'pending';

  @ApiProperty({ description: 'Where the outcome will be told.', example: '/v1/operations/…' })
  statusUrl!: string;

  @ApiProperty({ type: String, nullable: true, description: 'Id on the channel.' })
  transactionId!: string | undefined;
}
