import { ApiProperty } from '@nestjs/swagger';
import { ELEMENTS } from '@medaccord/domain';
import type { Element } from '@medaccord/domain';
import type { ConsentRequest, ConsentStep } from '../requests.js';
import { SeenDto } from './seen.dto.js';

const documentHash = { description: 'SHA-256 in hexadecimal of the signed paper, which stays with the organisation.' } as const;

/** A practitioner's release, as a document that the organisation recorded. */
export class ConsentRequestDto implements ConsentRequest {
  @ApiProperty({ example: '1234567893' })
  npi!: string;

  @ApiProperty({ enum: ELEMENTS, isArray: true })
  elements!: Element[];

  @ApiProperty({ format: 'date' })
  from!: string;

  @ApiProperty({ format: 'date' })
  thru!: string;

  @ApiProperty(documentHash)
  documentHash!: string;
}

/** The practitioner takes it back. */
export class WithdrawConsentDto extends SeenDto implements ConsentStep {
  @ApiProperty({ enum: ['withdrawConsent'] })
  verb!: 'withdrawConsent';

  @ApiProperty()
  reason!: string;
}
