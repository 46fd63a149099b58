import { ApiExtraModels, ApiProperty, ApiPropertyOptional, getSchemaPath } from '@nestjs/swagger';
import type { AdvanceClock, BoardUnit, Clock, FacilityUnit, Initialise, Member, MemberKind, MemberStatus, RegisterMember, RegistryConfiguration, SourcePatience, Unit, UpdateMember } from '@medaccord/domain';
import { ProofDto } from '../http/batch.dto.js';

const kinds = ['insurer', 'hospital', 'licensing-board', 'consortium'];
const statuses = ['ACTIVE', 'SUSPENDED', 'LEFT'];

/** A place of a hospital or an insurer. */
export class FacilityUnitDto implements FacilityUnit {
  @ApiProperty({ enum: ['facility'] })
  kind!: 'facility';

  @ApiProperty({ description: 'Unique in the consortium; small letters, digits and hyphens.', example: 'st-mary-east' })
  id!: string;

  @ApiProperty({ example: 'St Mary East' })
  name!: string;

  @ApiProperty({ enum: ['OPEN', 'CLOSED'] })
  status!: 'OPEN' | 'CLOSED';

  @ApiPropertyOptional({ description: 'National Provider Identifier.', example: '1234567893' })
  npi?: string;

  @ApiPropertyOptional({ description: 'Employer identification number, nine digits.' })
  tin?: string;

  @ApiPropertyOptional({ description: 'Medicare certification number, six characters.' })
  ccn?: string;
}

/** A board of a licensing agency. */
export class BoardUnitDto implements BoardUnit {
  @ApiProperty({ enum: ['board'] })
  kind!: 'board';

  @ApiProperty({ example: 'ca-medical' })
  id!: string;

  @ApiProperty({ example: 'Medical board' })
  name!: string;

  @ApiProperty({ enum: ['OPEN', 'CLOSED'] })
  status!: 'OPEN' | 'CLOSED';

  @ApiProperty({ example: 'CA' })
  jurisdiction!: string;

  @ApiProperty({ type: [String], example: ['MD'] })
  licenceTypes!: string[];

  @ApiProperty({ description: 'IANA name of the zone that the board’s dates are in.', example: 'America/Los_Angeles' })
  timeZone!: string;
}

const unitSchema = { oneOf: [{ $ref: getSchemaPath(FacilityUnitDto) }, { $ref: getSchemaPath(BoardUnitDto) }], discriminator: { propertyName: 'kind' } };
const units = { type: 'array', items: unitSchema } as const;

/** An organisation of the consortium. */
@ApiExtraModels(FacilityUnitDto, BoardUnitDto)
export class MemberDto implements Member {
  @ApiProperty({ enum: ['member/v1'] })
  schema!: 'member/v1';

  @ApiProperty({ example: 'HospitalMSP' })
  mspId!: string;

  @ApiProperty()
  name!: string;

  @ApiProperty({ enum: kinds })
  kind!: MemberKind;

  @ApiProperty({ enum: statuses, description: 'SUSPENDED: may read and do nothing else. LEFT: its records stay.' })
  status!: MemberStatus;

  @ApiProperty(units)
  units!: Unit[];

  @ApiProperty({ description: 'From 1, one more with each change.' })
  version!: number;

  @ApiProperty({ format: 'date-time' })
  registeredAt!: string;

  @ApiProperty({ format: 'date-time' })
  changedAt!: string;
}

/** A new member. */
@ApiExtraModels(FacilityUnitDto, BoardUnitDto)
export class RegisterMemberDto implements RegisterMember {
  @ApiProperty({ example: 'HospitalMSP' })
  mspId!: string;

  @ApiProperty({ maxLength: 120 })
  name!: string;

  @ApiProperty({ enum: kinds.slice(0, 3) })
  kind!: 'insurer' | 'hospital' | 'licensing-board';

  @ApiProperty(units)
  units!: Unit[];
}

/** Changes of a member; what is left out stays. */
export class UpdateMemberDto implements Omit<UpdateMember, 'mspId'> {
  @ApiProperty({ description: 'The version that the change was decided on; 412 where there is a newer one.' })
  expectedVersion!: number;

  @ApiPropertyOptional({ maxLength: 120 })
  name?: string;

  @ApiPropertyOptional({ enum: statuses })
  status?: MemberStatus;

  @ApiPropertyOptional({ ...units, description: 'As a whole; a unit is never removed, it closes.' })
  units?: Unit[];
}

/** What became of a member. */
export class MemberOutcomeDto {
  @ApiProperty({ enum: ['REGISTERED', 'UPDATED', 'ALREADY_RECORDED'] })
  outcome!: 'REGISTERED' | 'UPDATED' | 'ALREADY_RECORDED';

  @ApiProperty({ type: MemberDto })
  member!: MemberDto;

  @ApiProperty({ type: ProofDto })
  proof!: ProofDto;
}

/** How long a board's last word is believed. */
export class SourcePatienceDto implements SourcePatience {
  @ApiProperty({ minimum: 1, maximum: 8784, description: 'After it, answers are told to be stale.' })
  staleAfterHours!: number;

  @ApiProperty({ minimum: 1, maximum: 8784, description: 'After it, what its word does not cover is UNKNOWN. Days are whole ones.' })
  silentAfterHours!: number;
}

/** What the founders agree on. */
export class InitialiseDto implements Initialise {
  @ApiProperty({ description: 'Name of the consortium office.', maxLength: 120 })
  name!: string;

  @ApiProperty({ description: 'Least distance of two ticks of the clock.', maximum: 86_400_000 })
  clockIntervalMilliseconds!: number;

  @ApiProperty({ description: 'How far a tick may lie from its transaction’s own time.', maximum: 900_000 })
  clockToleranceMilliseconds!: number;

  @ApiPropertyOptional({ type: SourcePatienceDto, description: '48 and 168 hours where left out.' })
  sourcePatience?: SourcePatienceDto;
}

/** What the founders agreed on. */
export class RegistryConfigurationDto implements RegistryConfiguration {
  @ApiProperty({ enum: ['registry-configuration/v1'] })
  schema!: 'registry-configuration/v1';

  @ApiProperty({ description: 'MSP id of the consortium office.' })
  consortium!: string;

  @ApiProperty()
  clockIntervalMilliseconds!: number;

  @ApiProperty()
  clockToleranceMilliseconds!: number;

  @ApiPropertyOptional({ type: SourcePatienceDto })
  sourcePatience?: SourcePatienceDto;
}

/** The founded registry. */
export class InitialisedDto {
  @ApiProperty({ type: RegistryConfigurationDto })
  configuration!: RegistryConfigurationDto;

  @ApiProperty({ type: MemberDto })
  member!: MemberDto;

  @ApiProperty({ type: ProofDto })
  proof!: ProofDto;
}

/** The consortium’s clock. */
export class ClockDto implements Clock {
  @ApiProperty({ enum: ['clock/v1'] })
  schema!: 'clock/v1';

  @ApiProperty({ description: 'From 1, one more with each tick.' })
  tick!: number;

  @ApiProperty({ format: 'date-time' })
  time!: string;
}

/** A tick that was recorded. */
export class TickDto extends ClockDto {
  @ApiProperty({ type: ProofDto })
  proof!: ProofDto;
}

/** The time of the next tick. */
export class AdvanceClockDto implements AdvanceClock {
  @ApiProperty({ format: 'date-time', description: 'UTC with milliseconds; near the present.' })
  time!: string;
}
