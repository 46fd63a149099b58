import { ApiProperty } from '@nestjs/swagger';
import { EXTERNAL_SOURCES } from '@medaccord/domain';
import type { ExternalEvent } from '@medaccord/domain';
import { CommandAnswerDto } from '../dto/submission.dto.js';
import { InsuredPersonDto } from '../surroundings/dto.js';

/** What happened off the ledger. */
export class ExternalEventDto implements ExternalEvent {
  @ApiProperty({ enum: EXTERNAL_SOURCES })
  source!: ExternalEvent['source'];

  @ApiProperty({ description: 'Its number there.' })
  reference!: string;

  @ApiProperty({ format: 'date' })
  serviceDate!: string;

  @ApiProperty({ minimum: 0 })
  deductibleMinor!: number;

  @ApiProperty({ minimum: 0 })
  outOfPocketMinor!: number;
}

/** Something that happened to a person. */
export class EventOfPersonDto {
  @ApiProperty({ type: InsuredPersonDto })
  person!: InsuredPersonDto;

  @ApiProperty({ type: ExternalEventDto })
  event!: ExternalEventDto;
}

/** Events to post. */
export class ExternalEventsDto {
  @ApiProperty({ type: [EventOfPersonDto], minItems: 1, maxItems: 500 })
  events!: EventOfPersonDto[];
}

/** The transactions in which events stand; an item each. */
export class PostedEventsDto {
  @ApiProperty({ type: [CommandAnswerDto] })
  transactions!: CommandAnswerDto[];
}

/** Why a posting is taken back. */
export class ReversalReasonDto {
  @ApiProperty({ maxLength: 200 })
  reason!: string;
}
