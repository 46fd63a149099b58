import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import type { DocumentReference, JointParties, OpenClaim, Parties, Recorded, Recorder } from '@medaccord/domain';
import type { CommandProof } from '../../ledger/claims-client.js';
import { ClaimContentDto } from './claim-content.dto.js';

/** Where a command stands on the channel. */
export class CommandProofDto implements CommandProof {
  @ApiProperty({ description: 'Id of the transaction on the channel.' })
  transactionId!: string;

  @ApiPropertyOptional({ description: 'Number of the block that holds it; absent where an earlier process had sent it.' })
  blockNumber?: number;
}

/** The organisations that a document concerns. */
export class PartiesDto implements Parties {
  @ApiProperty({ example: 'InsurerMSP' })
  insurerMsp!: string;

  @ApiPropertyOptional({ example: 'HospitalMSP', description: 'Absent: the insurer’s own statement.' })
  hospitalMsp?: string;
}

/** Both parties of a joint document. */
export class JointPartiesDto implements JointParties {
  @ApiProperty({ example: 'InsurerMSP' })
  insurerMsp!: string;

  @ApiProperty({ example: 'HospitalMSP' })
  hospitalMsp!: string;
}

/** The person who caused a document. */
export class RecorderDto implements Recorder {
  @ApiProperty()
  mspId!: string;

  @ApiProperty()
  actorId!: string;

  @ApiProperty()
  role!: string;

  @ApiPropertyOptional({ description: 'For whom the person acted in the organisation’s name.' })
  agent?: string;

  @ApiPropertyOptional({ description: 'The mandate by which.' })
  mandate?: string;
}

/** How a document came to be. */
export class RecordedDto implements Recorded {
  @ApiProperty({ format: 'date-time' })
  at!: string;

  @ApiProperty({ description: 'Id of the transaction on the channel.' })
  txId!: string;

  @ApiProperty()
  commandId!: string;

  @ApiProperty({ type: RecorderDto })
  by!: RecorderDto;
}

/** What every private document carries around its body. */
export class EnvelopeDto {
  @ApiProperty({ example: 'claim/v1' })
  schema!: string;

  @ApiProperty({ example: 'claim' })
  kind!: string;

  @ApiProperty({ description: 'Opaque: random or keyed.' })
  id!: string;

  @ApiProperty()
  version!: number;

  @ApiProperty({ description: 'Keeps the public hash of the document from being guessed.' })
  salt!: string;

  @ApiProperty({ type: PartiesDto })
  parties!: PartiesDto;

  @ApiProperty({ type: RecordedDto })
  recorded!: RecordedDto;
}

/** A private document of any kind. */
export class DocumentDto extends EnvelopeDto {
  @ApiProperty({ type: 'object', additionalProperties: true, description: 'As the schema says.' })
  body!: unknown;
}

/** Some documents of one kind. */
export class DocumentPageDto {
  @ApiProperty({ type: [DocumentDto] })
  items!: DocumentDto[];

  @ApiPropertyOptional({ description: 'Continues after the last of them.' })
  next?: string;
}

/** A recorded document as another one cites it. */
export class DocumentReferenceDto implements DocumentReference {
  @ApiProperty()
  key!: string;

  @ApiProperty({ description: 'SHA-256 of its bytes, as it stands in the block.' })
  hash!: string;
}

/** The body of a claim. */
export class ClaimBodyDto {
  @ApiProperty({ type: ClaimContentDto })
  content!: ClaimContentDto;

  @ApiProperty({ description: 'The clock’s tick under which it was received.' })
  clockTick!: number;
}

/** A recorded claim. */
export class ClaimDocumentDto extends EnvelopeDto {
  @ApiProperty({ type: ClaimBodyDto })
  body!: ClaimBodyDto;
}

/** A claim that waits for the insurer. */
export class OpenClaimDto implements OpenClaim {
  @ApiProperty({ enum: ['open-claim/v1'] })
  schema!: 'open-claim/v1';

  @ApiProperty()
  claimId!: string;

  @ApiProperty()
  claimVersion!: number;

  @ApiProperty()
  salt!: string;

  @ApiProperty({ type: JointPartiesDto })
  parties!: JointPartiesDto;

  @ApiProperty({ enum: ['SUBMITTED', 'PENDED', 'REOPENED'] })
  state!: OpenClaim['state'];

  @ApiProperty({ format: 'date-time' })
  since!: string;

  @ApiProperty({ type: [String], description: 'PENDED: the rules that want a person, with their reasons.' })
  reasons!: string[];

  @ApiProperty()
  patientControlNumber!: string;

  @ApiProperty()
  memberId!: string;

  @ApiProperty()
  totalChargeMinor!: number;

  @ApiProperty()
  currency!: string;

  @ApiProperty({ format: 'date' })
  serviceFrom!: string;
}

/** Some claims that wait. */
export class OpenClaimPageDto {
  @ApiProperty({ type: [OpenClaimDto] })
  items!: OpenClaimDto[];

  @ApiPropertyOptional({ description: 'Give it as `after` to continue.' })
  next?: string;
}
