import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { CREDENTIAL_KINDS, TASK_CAUSES } from '@medaccord/domain';
import type { CredentialingTask, CredentialKind, PrivilegesReport, TaskCause } from '@medaccord/domain';
import type { LogEntry } from '../credentialing-reader.js';

/** One thing to do. */
export class CredentialingTaskDto implements CredentialingTask {
  @ApiProperty({ enum: TASK_CAUSES })
  cause!: TaskCause;

  @ApiProperty({ enum: CREDENTIAL_KINDS })
  kind!: CredentialKind;

  @ApiProperty({ description: 'Of the document that it is about.' })
  id!: string;

  @ApiPropertyOptional({ example: '1234567893' })
  npi?: string;

  @ApiProperty({ format: 'date' })
  dueOn!: string;

  @ApiPropertyOptional({ description: 'CREDENTIAL_EXPIRES: days of the ladder’s step that is reached; 0 after the end.' })
  ladder?: number;
}

/** One change of credentialing information. */
export class LogEntryDto implements LogEntry {
  @ApiProperty({ format: 'date-time' })
  at!: string;

  @ApiProperty()
  actorId!: string;

  @ApiProperty()
  role!: string;

  @ApiProperty({ description: 'The command that did it; why stands in the version itself.' })
  verb!: string;

  @ApiProperty({ enum: CREDENTIAL_KINDS })
  kind!: CredentialKind;

  @ApiProperty()
  id!: string;

  @ApiProperty({ minimum: 1 })
  version!: number;

  @ApiProperty()
  transactionId!: string;
}

/** Changes in the order of time. */
export class CredentialingLogDto {
  @ApiProperty({ type: [LogEntryDto] })
  entries!: LogEntryDto[];
}

/** What is due, the most urgent first. */
export class CredentialingTasksDto {
  @ApiProperty({ type: [CredentialingTaskDto] })
  tasks!: CredentialingTaskDto[];
}

/** A report to the data bank. */
export class PrivilegesReportDto implements PrivilegesReport {
  @ApiProperty()
  privilegesId!: string;

  @ApiProperty({ description: 'Place of the action among those of the privileges.' })
  action!: number;

  @ApiProperty({ example: '1234567893' })
  npi!: string;

  @ApiProperty({ example: 'WA' })
  state!: string;

  @ApiProperty({ enum: ['SUSPENSION', 'RESTRICTION', 'RESIGNED_UNDER_INVESTIGATION'] })
  type!: PrivilegesReport['type'];

  @ApiProperty({ type: [String] })
  privileges!: string[];

  @ApiProperty({ format: 'date' })
  dateOfAction!: string;

  @ApiProperty({ enum: ['INDEFINITE', 'SPECIFIC'] })
  lengthOfAction!: PrivilegesReport['lengthOfAction'];

  @ApiPropertyOptional()
  lengthInDays?: number;

  @ApiProperty({ format: 'date', description: 'The last day on which the report is in time.' })
  dueOn!: string;

  @ApiPropertyOptional({ type: 'object', additionalProperties: true, description: 'The data bank’s number, the day, and whether it was late.' })
  report?: NonNullable<PrivilegesReport['report']>;
}

/** Reports to the data bank. */
export class PrivilegesReportsDto {
  @ApiProperty({ type: [PrivilegesReportDto] })
  items!: PrivilegesReportDto[];
}
