import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import type { BoardOfficer, BoardOrder, BoardOrderStep, OrderDocument, RecordBoardOrder } from '@medaccord/domain';
import { ProofDto } from '../http/batch.dto.js';
import { IntroducedCertificateDto } from './introduced-certificate.dto.js';
import { LicenceKeyDto } from './licences.dto.js';

/** An order of the board. */
export class BoardOrderDto implements BoardOrder {
  @ApiProperty({ example: '800-2026-1234' })
  number!: string;

  @ApiProperty({ format: 'date' })
  decidedOn!: string;

  @ApiPropertyOptional({ description: 'SHA-256 in hexadecimal over salt and document.' })
  documentHash?: string;
}

const stepsDescription = 'Each a `kind` (INITIAL, CORRECTION, REVISION, VOID, SEAL, STAY, STAY_LIFTED, APPEAL, HEARING), but for INITIAL the `target` event, and but for VOID and SEAL an `action`. The first becomes event `expectedSequence` + 1, so that a later step can name an earlier one. Actions of INITIAL: RENEW, REISSUE, RENEWAL_FILED, RENEWAL_CLOSED, EXTEND, EXTEND_CLASS, CHANGE_STATUS, SUSPEND, RESTRICT, ENCUMBER, REVOKE, SURRENDER, REINSTATE, DESIGNATE_PRINCIPAL. The last says that the licence is in a compact and which one is the principal licence; a REINSTATE with `endsDerived` ends what followed from another licence’s events.';
const stepsExample = [
  { kind: 'INITIAL', action: { type: 'REVOKE', effectiveFrom: '2026-03-01', basisCodes: ['NEGLIGENCE'] } },
  { kind: 'STAY', target: 2, action: { type: 'STAY', by: 'BOARD', effectiveFrom: '2026-03-01' } },
];

/** What a board decides about one licence. */
export class RecordBoardOrderDto implements Omit<RecordBoardOrder, 'actionId' | 'licence'> {
  @ApiPropertyOptional({ description: 'Id of the order in the board’s own system; derived from the Idempotency-Key where left out.' })
  actionId?: string;

  @ApiProperty({ description: 'The last event that the board knew when it decided; 412 where there is a newer one. 0 for the first order about a class.', example: 1 })
  expectedSequence!: number;

  @ApiPropertyOptional({ type: BoardOrderDto })
  order?: BoardOrderDto;

  @ApiProperty({ type: 'array', items: { type: 'object', additionalProperties: true }, minItems: 1, maxItems: 16, description: stepsDescription, example: stepsExample })
  steps!: BoardOrderStep[];

  @ApiPropertyOptional({ description: 'Stays with the board’s own peers; the ledger gets its salted hash. Purged by a seal.', maxLength: 200_000 })
  narrative?: string;
}

/** One order of a batch. */
export class RecordBoardOrderItemDto implements Omit<RecordBoardOrder, 'actionId'> {
  @ApiPropertyOptional()
  actionId?: string;

  @ApiProperty({ type: LicenceKeyDto })
  licence!: LicenceKeyDto;

  @ApiProperty({ example: 1 })
  expectedSequence!: number;

  @ApiPropertyOptional({ type: BoardOrderDto })
  order?: BoardOrderDto;

  @ApiProperty({ type: 'array', items: { type: 'object', additionalProperties: true }, minItems: 1, maxItems: 16, description: stepsDescription })
  steps!: BoardOrderStep[];
}

/** Orders on many licences. */
export class RecordBoardOrdersDto {
  @ApiProperty({ type: [RecordBoardOrderItemDto], maxItems: 1000 })
  items!: RecordBoardOrderItemDto[];
}

/** What became of an order. */
export class BoardOrderOutcomeDto {
  @ApiProperty({ enum: ['RECORDED', 'ALREADY_RECORDED'] })
  outcome!: 'RECORDED' | 'ALREADY_RECORDED';

  @ApiProperty({ example: 'CA~ca-medical~MD~A12345' })
  id!: string;

  @ApiProperty({ description: 'Position of the order’s last step in the licence’s events.' })
  sequence!: number;

  @ApiProperty({ type: ProofDto })
  proof!: ProofDto;
}

/** A proposed order. */
export class OrderDraftDto {
  @ApiProperty({ description: 'The order’s action id.' })
  id!: string;

  @ApiProperty({ description: 'Who proposed it, as the token names them.' })
  proposer!: string;

  @ApiProperty()
  proposerRole!: string;

  @ApiProperty({ enum: ['PROPOSED', 'APPROVED', 'RECORDED', 'DECLINED', 'WITHDRAWN'], description: 'APPROVED: on its way to the ledger; approve it again where that was interrupted.' })
  status!: 'PROPOSED' | 'APPROVED' | 'RECORDED' | 'DECLINED' | 'WITHDRAWN';

  @ApiPropertyOptional()
  decidedBy?: string;

  @ApiProperty({ format: 'date-time' })
  proposedAt!: string;

  @ApiProperty({ type: LicenceKeyDto })
  licence!: LicenceKeyDto;

  @ApiProperty()
  expectedSequence!: number;

  @ApiPropertyOptional({ type: BoardOrderDto })
  order?: BoardOrderDto;

  @ApiProperty({ type: 'array', items: { type: 'object', additionalProperties: true } })
  steps!: BoardOrderStep[];

  @ApiPropertyOptional()
  narrative?: string;
}

/** The narrative of an order. */
export class OrderDocumentDto implements OrderDocument {
  @ApiProperty({ enum: ['order-document/v1'] })
  schema!: 'order-document/v1';

  @ApiProperty()
  actionId!: string;

  @ApiProperty({ description: 'SHA-256 over salt and narrative is the hash on the ledger.' })
  salt!: string;

  @ApiProperty()
  narrative!: string;
}

/** A certificate that may sign the board’s orders. */
export class BoardOfficerDto extends IntroducedCertificateDto implements BoardOfficer {
  @ApiProperty({ enum: ['board-officer/v1'] })
  schema!: 'board-officer/v1';

  @ApiProperty()
  role!: string;

  @ApiPropertyOptional()
  unit?: string;

  @ApiProperty({ description: 'SHA-256 of the certificate’s name.' })
  subject!: string;
}

/** What became of an officer’s certificate. */
export class OfficerOutcomeDto {
  @ApiProperty({ enum: ['INTRODUCED', 'WITHDRAWN', 'ALREADY_RECORDED'] })
  outcome!: 'INTRODUCED' | 'WITHDRAWN' | 'ALREADY_RECORDED';

  @ApiProperty({ type: BoardOfficerDto })
  officer!: BoardOfficerDto;

  @ApiProperty({ type: ProofDto })
  proof!: ProofDto;
}
