import { ApiProperty } from '@nestjs/swagger';
import { NOTICE_TYPES } from '@medaccord/domain';
import type { Contact } from '@medaccord/domain';

/** Whom people may ask. */
export class ContactDto implements Contact {
  @ApiProperty()
  insurer!: string;

  @ApiProperty()
  address!: string;

  @ApiProperty()
  telephone!: string;
}

/** A notice to write. */
export class NoticeRequestDto {
  @ApiProperty({ enum: NOTICE_TYPES })
  type!: string;

  @ApiProperty({ type: ContactDto })
  contact!: ContactDto;
}
