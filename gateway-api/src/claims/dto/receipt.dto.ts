import { ApiProperty } from '@nestjs/swagger';
import { EnvelopeDto } from './documents.dto.js';
import { ReceiptBodyDto } from './submission.dto.js';

/** A receipt; its id is the command's. */
export class ReceiptDto extends EnvelopeDto {
  @ApiProperty({ type: ReceiptBodyDto })
  body!: ReceiptBodyDto;
}
