import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { ELEMENTS } from '@medaccord/domain';
import type { Element, IntroducePractitioner, PractitionerAct, PractitionerCertificate } from '@medaccord/domain';
import { ProofDto } from '../http/batch.dto.js';
import { IntroducedCertificateDto } from './introduced-certificate.dto.js';

/** A practitioner’s certificate, as the board’s registrar presents it. */
export class IntroducePractitionerDto implements IntroducePractitioner {
  @ApiProperty({ example: '1234567893' })
  npi!: string;

  @ApiProperty({ description: 'PEM.' })
  certificate!: string;

  @ApiProperty({ description: 'PEM: the certificate of the board’s own authority, which issued this one and the registrar’s.' })
  authority!: string;

  @ApiProperty({ description: 'The practitioner’s signature over the bytes of the act `possession`, in Base64.' })
  possession!: string;
}

/** A practitioner’s own certificate. */
export class PractitionerCertificateDto extends IntroducedCertificateDto implements PractitionerCertificate {
  @ApiProperty({ enum: ['practitioner-certificate/v1'] })
  schema!: 'practitioner-certificate/v1';

  @ApiProperty()
  npi!: string;
}

/** What became of a practitioner’s certificate. */
export class PractitionerOutcomeDto {
  @ApiProperty({ enum: ['INTRODUCED', 'WITHDRAWN', 'ALREADY_RECORDED'] })
  outcome!: 'INTRODUCED' | 'WITHDRAWN' | 'ALREADY_RECORDED';

  @ApiProperty({ type: PractitionerCertificateDto })
  practitioner!: PractitionerCertificateDto;

  @ApiProperty({ type: ProofDto })
  proof!: ProofDto;
}

/** A release, its withdrawal, a statement in a credential file; or the showing of a key. */
export class PractitionerActDto {
  @ApiProperty({ enum: ['consent', 'withdrawal', 'attestation', 'possession'], description: 'possession: towards the board that introduces the certificate. consent: `consentId`, `elements`, `from`, `thru`, `documentHash`. withdrawal: `consentId`, `reason`. attestation: `fileId`, `element`, `documentHash`, `signedOn`.' })
  act!: PractitionerAct['act'];

  @ApiProperty({ example: '1234567893' })
  npi!: string;

  @ApiPropertyOptional({ description: 'A new one for a release, chosen by the practitioner’s system: 32 hexadecimal digits.' })
  consentId?: string;

  @ApiPropertyOptional()
  fileId?: string;

  @ApiPropertyOptional({ enum: ELEMENTS, isArray: true })
  elements?: Element[];

  @ApiPropertyOptional({ enum: ELEMENTS })
  element?: Element;

  @ApiPropertyOptional({ format: 'date' })
  from?: string;

  @ApiPropertyOptional({ format: 'date' })
  thru?: string;

  @ApiPropertyOptional({ description: 'SHA-256 in hexadecimal of what the practitioner read.' })
  documentHash?: string;

  @ApiPropertyOptional({ format: 'date' })
  signedOn?: string;

  @ApiPropertyOptional()
  reason?: string;
}

/** What is to be signed. */
export class BytesToSignDto {
  @ApiProperty({ description: 'In Base64.' })
  bytes!: string;

  @ApiProperty({ description: 'SHA-256 of the bytes in hexadecimal.' })
  sha256!: string;
}
