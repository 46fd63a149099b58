import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { ELEMENTS } from '@medaccord/domain';
import type { Element, PractitionerSignature } from '@medaccord/domain';
import type { ConsentRequest, ConsentStep } from '../requests.js';
import { SeenDto } from './seen.dto.js';

const documentHash = { description: 'SHA-256 in hexadecimal of the release as the practitioner read it; it stays with the organisation.' } as const;

/** A practitioner's signature under an act, whose bytes `POST /v1/practitioner-acts/bytes` tells. */
export class PractitionerSignatureDto implements PractitionerSignature {
  @ApiProperty({ description: 'SHA-256 in hexadecimal of the certificate that a board has introduced for the NPI.' })
  signer!: string;

  @ApiProperty({ description: 'In Base64.' })
  signature!: string;
}

/** What a practitioner agrees to. */
export class ReleaseDto {
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

  @ApiPropertyOptional({ type: PractitionerSignatureDto, description: 'Only with it the release is the practitioner’s own act.' })
  practitioner?: PractitionerSignatureDto;
}

/** A practitioner's release to record. */
export class ConsentRequestDto extends ReleaseDto implements ConsentRequest {
  @ApiPropertyOptional({ description: 'Of a signed release: the id that the practitioner signed.' })
  consentId?: string;
}

/** The practitioner takes it back. */
export class WithdrawConsentDto extends SeenDto implements ConsentStep {
  @ApiProperty({ enum: ['withdrawConsent'] })
  verb!: 'withdrawConsent';

  @ApiProperty()
  reason!: string;

  @ApiPropertyOptional({ type: PractitionerSignatureDto, description: 'Only with it the withdrawal is the practitioner’s own act.' })
  practitioner?: PractitionerSignatureDto;
}
