import { ApiExtraModels, ApiProperty, ApiPropertyOptional, getSchemaPath } from '@nestjs/swagger';
import { CREDENTIAL_KINDS } from '@medaccord/domain';
import type { CredentialKind, Owner, OwnReceiptItem } from '@medaccord/domain';
import { CommandProofDto, RecordedDto } from '../../claims/dto/documents.dto.js';
import type { AnyOwnDocument, OwnDocumentPage } from '../../ledger/credentials-client.js';
import type { OwnCommandAnswer } from '../credentialing-desk.js';
import type { OwnRecord, ProvedVersion, VersionProof } from '../credentialing-reader.js';
import { CredentialFileBodyDto } from './credential-file-body.dto.js';
import { DelegationDto } from './delegations.dto.js';
import { ConsentBodyDto, ExclusionMatchBodyDto, RosterBodyDto } from './other-bodies.dto.js';
import { PrivilegesBodyDto } from './privileges-body.dto.js';
import { BylawsDto } from './privileges.dto.js';
import { VerificationBodyDto } from './verification-body.dto.js';

/** The one organisation that holds a document. */
export class OwnerDto implements Owner {
  @ApiProperty({ example: 'HospitalMSP' })
  ownerMsp!: string;
}

/** By kind of document, in the order of the kinds. */
const BODIES = [ConsentBodyDto, VerificationBodyDto, CredentialFileBodyDto, DelegationDto, RosterBodyDto, ExclusionMatchBodyDto, BylawsDto, PrivilegesBodyDto] as const;

/** A version of a document. */
@ApiExtraModels(...BODIES)
export class OwnDocumentDto implements AnyOwnDocument {
  @ApiProperty({ example: 'credential-file/v1' })
  schema!: `${CredentialKind}/v1`;

  @ApiProperty({ enum: CREDENTIAL_KINDS })
  kind!: CredentialKind;

  @ApiProperty()
  id!: string;

  @ApiProperty({ minimum: 1 })
  version!: number;

  @ApiProperty({ description: 'Keeps the hash in the block from being guessed.' })
  salt!: string;

  @ApiProperty({ type: OwnerDto })
  parties!: OwnerDto;

  @ApiProperty({ type: RecordedDto })
  recorded!: RecordedDto;

  @ApiProperty({ oneOf: BODIES.map((body) => ({ $ref: getSchemaPath(body) })), description: 'As the kind has it.' })
  body!: unknown;
}

/** Where anybody with the blocks can check that a version was recorded then. */
export class VersionProofDto implements VersionProof {
  @ApiProperty({ example: 'medaccord' })
  channel!: string;

  @ApiProperty()
  transactionId!: string;

  @ApiProperty()
  blockNumber!: number;
}

/** A version, with its place in the chain. */
export class ProvedVersionDto implements ProvedVersion {
  @ApiProperty({ type: OwnDocumentDto })
  document!: OwnDocumentDto;

  @ApiProperty({ type: VersionProofDto })
  proof!: VersionProofDto;
}

/** A document with all its versions. */
export class OwnRecordDto implements OwnRecord {
  @ApiProperty({ type: OwnDocumentDto })
  newest!: OwnDocumentDto;

  @ApiProperty({ type: [ProvedVersionDto], description: 'Oldest first.' })
  versions!: ProvedVersionDto[];
}

/** A part of a list, in order of the ids. */
export class OwnDocumentPageDto implements OwnDocumentPage {
  @ApiProperty({ type: [OwnDocumentDto], description: 'In their newest versions.' })
  items!: OwnDocumentDto[];

  @ApiPropertyOptional({ description: '`after` of the next page; absent on the last.' })
  next?: string;
}

/** One document that a command wrote. */
export class OwnReceiptItemDto implements OwnReceiptItem {
  @ApiProperty({ enum: CREDENTIAL_KINDS })
  kind!: CredentialKind;

  @ApiProperty()
  id!: string;

  @ApiProperty({ minimum: 1 })
  version!: number;
}

/** What a command wrote. */
export class OwnCommandAnswerDto implements OwnCommandAnswer {
  @ApiProperty()
  commandId!: string;

  @ApiProperty({ type: [OwnReceiptItemDto] })
  items!: OwnReceiptItemDto[];

  @ApiProperty({ type: CommandProofDto })
  proof!: CommandProofDto;
}
