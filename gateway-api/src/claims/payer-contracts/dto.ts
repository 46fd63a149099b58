import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import type { ContractPayee, ParticipationBody, PayerContractBody } from '@medaccord/domain';

/** Who is paid. */
export class ContractPayeeDto implements ContractPayee {
  @ApiProperty()
  name!: string;

  @ApiProperty({ example: '123456789' })
  taxId!: string;

  @ApiPropertyOptional()
  npi?: string;
}

/** What was agreed beside the prices. */
export class PayerContractDto implements PayerContractBody {
  @ApiProperty({ type: ContractPayeeDto })
  payee!: ContractPayeeDto;

  @ApiProperty({ type: [String] })
  networks!: string[];

  @ApiProperty({ type: [String], description: 'Ids of plans; none: every plan of the networks.' })
  products!: string[];

  @ApiProperty({ format: 'date' })
  from!: string;

  @ApiPropertyOptional({ format: 'date' })
  thru?: string;

  @ApiProperty({ minimum: 0, maximum: 720, description: 'How long a party waits for the other one’s signature before it may write alone.' })
  aloneAfterHours!: number;
}

/** Who takes part in a network for whom. */
export class ParticipationDto implements ParticipationBody {
  @ApiProperty()
  npi!: string;

  @ApiProperty({ example: '123456789' })
  taxId!: string;

  @ApiProperty()
  network!: string;

  @ApiProperty({ format: 'date' })
  from!: string;

  @ApiPropertyOptional({ format: 'date' })
  thru?: string;
}

/** A contract to record. */
export class ContractStatementDto {
  @ApiPropertyOptional({ description: 'Absent: a new one.' })
  id?: string;

  @ApiPropertyOptional({ default: 1 })
  version?: number;

  @ApiProperty({ type: PayerContractDto })
  body!: PayerContractDto;
}

/** A participation to record. */
export class ParticipationStatementDto {
  @ApiPropertyOptional({ description: 'Absent: a new one.' })
  id?: string;

  @ApiPropertyOptional({ default: 1 })
  version?: number;

  @ApiProperty({ type: ParticipationDto })
  body!: ParticipationDto;
}

/** Contracts to record. */
export class RecordContractsDto {
  @ApiProperty({ example: 'HospitalMSP' })
  hospitalMsp!: string;

  @ApiProperty({ type: [ContractStatementDto], maxItems: 100 })
  items!: ContractStatementDto[];
}

/** Participations to record. */
export class RecordParticipationsDto {
  @ApiProperty({ example: 'HospitalMSP' })
  hospitalMsp!: string;

  @ApiProperty({ type: [ParticipationStatementDto], maxItems: 100 })
  items!: ParticipationStatementDto[];
}
