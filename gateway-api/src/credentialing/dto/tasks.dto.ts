import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { CREDENTIAL_KINDS, TASK_CAUSES } from '@medaccord/domain';
import type { CredentialingTask, CredentialKind, TaskCause } from '@medaccord/domain';
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
