import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';

/** A transaction that an operation sent; `validationCode` and `blockNumber` are absent while it is in no block. */
export interface OperationTransaction {
  readonly step: string;
  readonly transactionId: string;
  readonly validationCode?: number;
  readonly blockNumber?: number;
}

/** What became of a write so far. */
export interface OperationState {
  readonly operationId: string;
  readonly state: 'running' | 'pending' | 'committed' | 'unrecorded' | 'answered';
  readonly transactions: readonly OperationTransaction[];
  readonly answer?: { readonly status: number; readonly body: unknown };
}

/** A transaction that an operation sent. */
export class OperationTransactionDto implements OperationTransaction {
  @ApiProperty({ description: 'The part of the operation that it stands for.', example: 'issueLicence' })
  step!: string;

  @ApiProperty({ description: 'Id on the channel.' })
  transactionId!: string;

  @ApiPropertyOptional({ description: 'Fabric’s validation code; 0 is valid. Absent while the transaction is in no block.' })
  validationCode?: number;

  @ApiPropertyOptional({ description: 'Block that holds it.' })
  blockNumber?: number;
}

/** The answer as the write’s first sender got it, or would have got it. */
export class OperationAnswerDto {
  @ApiProperty({ example: 201 })
  status!: number;

  @ApiProperty({ type: 'object', additionalProperties: true })
  body: unknown;
}

/** The state of a write. */
export class OperationDto implements OperationState {
  @ApiProperty()
  operationId!: string;

  @ApiProperty({
    enum: ['running', 'pending', 'committed', 'unrecorded', 'answered'],
    description:
      'running: being worked on. pending: sent, and in no block yet. committed: its transactions are in blocks; send the request again with the same Idempotency-Key for its answer. unrecorded: nothing was recorded; sending again is safe. answered: see the answer.',
  })
  state!: 'running' | 'pending' | 'committed' | 'unrecorded' | 'answered';

  @ApiProperty({ type: [OperationTransactionDto] })
  transactions!: OperationTransactionDto[];

  @ApiPropertyOptional({ type: OperationAnswerDto })
  answer?: OperationAnswerDto;
}
