import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import type { IntroducedCertificate } from '@medaccord/domain';

/** A certificate that the registry keeps. */
export abstract class IntroducedCertificateDto implements IntroducedCertificate {
  @ApiProperty({ description: 'MSP id of the board that introduced it.' })
  mspId!: string;

  @ApiProperty({ description: 'SHA-256 of the certificate in hexadecimal.' })
  fingerprint!: string;

  @ApiProperty({ description: 'In DER and Base64.' })
  publicKey!: string;

  @ApiProperty({ format: 'date-time' })
  expires!: string;

  @ApiProperty({ format: 'date-time' })
  introducedAt!: string;

  @ApiPropertyOptional({ format: 'date-time' })
  withdrawnAt?: string;
}
