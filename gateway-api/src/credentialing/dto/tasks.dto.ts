import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { CREDENTIAL_KINDS, TASK_CAUSES } from '@medaccord/domain';
import type { CredentialingTask, CredentialKind, TaskCause } from '@medaccord/domain';

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

/** What is due, the most urgent first. */
export class CredentialingTasksDto {
  @ApiProperty({ type: [CredentialingTaskDto] })
  tasks!: CredentialingTaskDto[];
}
