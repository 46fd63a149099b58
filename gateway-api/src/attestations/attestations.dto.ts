import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import type { IssuerKey, IssuerPublicKey } from '@medaccord/domain';
import { LicenceKeyDto } from '../credentials/licences.dto.js';
import { ProofDto } from '../http/batch.dto.js';
import type { AttestationRequest, IssuedAttestation } from './attestation-desk.js';

/** What is to be attested. */
export class AttestationRequestDto implements AttestationRequest {
  @ApiProperty({ example: '1234567893' })
  npi!: string;

  @ApiProperty({ type: LicenceKeyDto })
  licence!: LicenceKeyDto;
}

/** A signed attestation. */
export class IssuedAttestationDto implements IssuedAttestation {
  @ApiProperty({ example: 'urn:uuid:f81d4fae-7dec-81d0-a765-00a0c91e6bf6' })
  id!: string;

  @ApiProperty({ example: 'did:web:board.example' })
  issuer!: string;

  @ApiProperty({ format: 'date-time', description: 'The day on which the standing changes by itself, at most 30 days ahead.' })
  validUntil!: string;

  @ApiProperty({ description: 'A W3C Verifiable Credential 2.0 as a signed JWT (`vc+jwt`).' })
  attestation!: string;
}

/** The public half of a key. */
export class IssuerPublicKeyDto implements IssuerPublicKey {
  @ApiProperty({ enum: ['EC'] })
  kty!: 'EC';

  @ApiProperty({ enum: ['P-256'] })
  crv!: 'P-256';

  @ApiProperty()
  x!: string;

  @ApiProperty()
  y!: string;
}

/** Since when a key is suspect. */
export class KeyRevocationDto {
  @ApiProperty({ format: 'date-time' })
  from!: string;

  @ApiProperty({ description: 'SHA-256 of the published list of what the key signed before.' })
  earlier!: string;

  @ApiProperty({ format: 'date-time' })
  recordedAt!: string;
}

/** A key that signs attestations, as the ledger has it. */
export class IssuerKeyDto implements IssuerKey {
  @ApiProperty({ enum: ['issuer-key/v1'] })
  schema!: 'issuer-key/v1';

  @ApiProperty()
  mspId!: string;

  @ApiProperty({ description: 'Thumbprint of the key (RFC 7638) in hexadecimal.' })
  keyId!: string;

  @ApiProperty({ example: 'did:web:board.example' })
  did!: string;

  @ApiProperty({ type: IssuerPublicKeyDto })
  publicKey!: IssuerPublicKeyDto;

  @ApiProperty({ format: 'date-time' })
  introducedAt!: string;

  @ApiPropertyOptional({ type: KeyRevocationDto })
  revoked?: KeyRevocationDto;
}

/** From when on a key is to be suspect. */
export class RevokeKeyDto {
  @ApiProperty({ format: 'date-time', description: 'Between the key’s introduction and now; of several findings the earliest counts.' })
  from!: string;
}

/** What became of a key. */
export class IssuerKeyOutcomeDto {
  @ApiProperty({ enum: ['INTRODUCED', 'REVOKED', 'ALREADY_RECORDED'] })
  outcome!: 'INTRODUCED' | 'REVOKED' | 'ALREADY_RECORDED';

  @ApiProperty({ type: IssuerKeyDto })
  key!: IssuerKeyDto;

  @ApiProperty({ type: ProofDto })
  proof!: ProofDto;
}
