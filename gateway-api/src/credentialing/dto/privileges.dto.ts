import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { AUTHORITY_CAUSES, CONCERNED, RECOMMENDED_STAGES } from '@medaccord/domain';
import type { AdverseAction, BylawsBody, BylawsRule, Fppe, ItemDecision, NewFppe, PrivilegeItem, ReviewConclusion } from '@medaccord/domain';
import type { BylawsStep, PrivilegesRequest, PrivilegesStep } from '../requests.js';
import { SeenDto } from './seen.dto.js';

type StepOf<V extends PrivilegesStep['verb']> = Extract<PrivilegesStep, { readonly verb: V }>;
type RequestOf<V extends PrivilegesRequest['verb']> = Extract<PrivilegesRequest, { readonly verb: V }>;
const codes = { pattern: '^[A-Z0-9][A-Z0-9_.-]{0,39}$' } as const;

/** A focused evaluation from the grant on. */
export class NewFppeDto implements NewFppe {
  @ApiProperty()
  criteria!: string;

  @ApiProperty({ enum: ['chart-review', 'direct-observation', 'simulation', 'discussion'] })
  method!: Fppe['method'];

  @ApiProperty({ format: 'date' })
  thru!: string;

  @ApiProperty({ description: 'What calls for a reviewer from outside.' })
  externalReviewTrigger!: string;
}

/** One privilege of the delineation form. */
export class NewItemDto {
  @ApiProperty(codes)
  code!: string;

  @ApiProperty({ enum: ['core', 'special'] })
  group!: PrivilegeItem['group'];

  @ApiProperty({ description: 'Ends with the DEA registration.' })
  prescribing!: boolean;
}

/** A privilege that is granted for a time. */
export class NewTemporaryItemDto extends NewItemDto {
  @ApiProperty({ type: NewFppeDto })
  fppe!: NewFppeDto;
}

class PersonDto {
  @ApiProperty({ example: '1234567893' })
  npi!: string;

  @ApiProperty({ example: 'CA' })
  jurisdiction!: string;

  @ApiProperty({ description: 'Version of the delineation form.' })
  formVersion!: string;
}

/** An application. */
export class RequestPrivilegesDto extends PersonDto implements RequestOf<'requestPrivileges'> {
  @ApiProperty({ enum: ['requestPrivileges'] })
  verb!: 'requestPrivileges';

  @ApiProperty({ type: [NewItemDto] })
  items!: NewItemDto[];

  @ApiPropertyOptional({ format: 'date', description: 'Reappointment: the first application, from which the data bank’s clock runs.' })
  appliedOn?: string;
}

/** A grant for at most 120 days. */
export class GrantTemporaryPrivilegesDto extends PersonDto implements RequestOf<'grantTemporaryPrivileges'> {
  @ApiProperty({ enum: ['grantTemporaryPrivileges'] })
  verb!: 'grantTemporaryPrivileges';

  @ApiProperty({ enum: ['temporary', 'disaster'] })
  kind!: 'temporary' | 'disaster';

  @ApiProperty()
  need!: string;

  @ApiProperty({ type: [NewTemporaryItemDto] })
  items!: NewTemporaryItemDto[];

  @ApiProperty({ format: 'date' })
  thru!: string;
}

/** A grant on the decision of the hospital where the clinician is. */
export class GrantByProxyDto extends PersonDto implements RequestOf<'grantByProxy'> {
  @ApiProperty({ enum: ['grantByProxy'] })
  verb!: 'grantByProxy';

  @ApiProperty({ description: 'The distant hospital.' })
  site!: string;

  @ApiProperty({ description: 'SHA-256 in hexadecimal of the written agreement.' })
  agreementHash!: string;

  @ApiProperty({ description: 'SHA-256 in hexadecimal of the list of what the clinician may do there.' })
  listHash!: string;

  @ApiProperty({ type: [NewTemporaryItemDto] })
  items!: NewTemporaryItemDto[];

  @ApiProperty({ minimum: 1, maximum: 60 })
  months!: number;
}

/** How the review or suspension of a privilege ends. */
export class ReviewConclusionDto implements ReviewConclusion {
  @ApiProperty(codes)
  code!: string;

  @ApiProperty({ enum: ['GRANTED', 'MODIFIED', 'RELINQUISHED'] })
  outcome!: ReviewConclusion['outcome'];

  @ApiPropertyOptional({ description: 'MODIFIED: how.' })
  modification?: string;
}

/** Ends reviews and suspensions. */
export class ConcludeReviewDto extends SeenDto implements StepOf<'concludeReview'> {
  @ApiProperty({ enum: ['concludeReview'] })
  verb!: 'concludeReview';

  @ApiProperty({ type: [ReviewConclusionDto] })
  conclusions!: ReviewConclusionDto[];

  @ApiProperty()
  reason!: string;
}

/** What follows a cause, for which privileges. */
export class BylawsRuleDto implements BylawsRule {
  @ApiProperty({ enum: AUTHORITY_CAUSES })
  cause!: BylawsRule['cause'];

  @ApiProperty({ enum: CONCERNED })
  concerns!: BylawsRule['concerns'];

  @ApiProperty({ enum: ['RELINQUISH', 'REVIEW'] })
  action!: BylawsRule['action'];
}

/** The hospital's own table. */
export class BylawsDto implements BylawsBody {
  @ApiProperty()
  name!: string;

  @ApiProperty({ format: 'date' })
  from!: string;

  @ApiProperty({ type: [BylawsRuleDto], description: 'Every cause has a rule; without a licence every privilege is relinquished.' })
  rules!: BylawsRuleDto[];
}

/** The table as it is from now on. */
export class RecordBylawsDto extends SeenDto implements BylawsStep {
  @ApiProperty({ enum: ['recordBylaws'] })
  verb!: 'recordBylaws';

  @ApiProperty({ type: BylawsDto })
  bylaws!: BylawsDto;
}

/** Passes an application on. */
export class RecommendPrivilegesDto extends SeenDto implements StepOf<'recommendPrivileges'> {
  @ApiProperty({ enum: ['recommendPrivileges'] })
  verb!: 'recommendPrivileges';

  @ApiProperty({ enum: RECOMMENDED_STAGES, description: 'The next one; each is its own body’s.' })
  stage!: (typeof RECOMMENDED_STAGES)[number];

  @ApiProperty()
  recommendation!: string;

  @ApiPropertyOptional({ description: 'PSV_COMPLETE: the clinician’s file.' })
  fileId?: string;
}

/** What the governing body says of one privilege. */
export class ItemDecisionDto implements ItemDecision {
  @ApiProperty(codes)
  code!: string;

  @ApiProperty({ enum: ['GRANTED', 'MODIFIED', 'DENIED', 'DEFERRED'] })
  outcome!: ItemDecision['outcome'];

  @ApiPropertyOptional({ description: 'MODIFIED: how.' })
  modification?: string;

  @ApiPropertyOptional({ type: NewFppeDto, description: 'Needed where it is granted or modified.' })
  fppe?: NewFppeDto;
}

/** Decides every privilege, for a term. */
export class DecidePrivilegesDto extends SeenDto implements StepOf<'decidePrivileges'> {
  @ApiProperty({ enum: ['decidePrivileges'] })
  verb!: 'decidePrivileges';

  @ApiProperty({ type: [ItemDecisionDto] })
  decisions!: ItemDecisionDto[];

  @ApiProperty({ minimum: 1, maximum: 60 })
  months!: number;
}

/** What came of a focused evaluation. */
export class RecordFocusedEvaluationDto extends SeenDto implements StepOf<'recordFocusedEvaluation'> {
  @ApiProperty({ enum: ['recordFocusedEvaluation'] })
  verb!: 'recordFocusedEvaluation';

  @ApiProperty(codes)
  code!: string;

  @ApiProperty({ enum: ['COMPLETED', 'EXTENDED', 'EXTERNAL_REVIEW'] })
  outcome!: StepOf<'recordFocusedEvaluation'>['outcome'];

  @ApiPropertyOptional({ format: 'date', description: 'EXTENDED: to this day.' })
  thru?: string;
}

/** What came of an ongoing evaluation. */
export class RecordOngoingEvaluationDto extends SeenDto implements StepOf<'recordOngoingEvaluation'> {
  @ApiProperty({ enum: ['recordOngoingEvaluation'] })
  verb!: 'recordOngoingEvaluation';

  @ApiProperty({ enum: ['CONTINUE', 'FOCUS'] })
  outcome!: 'CONTINUE' | 'FOCUS';
}

/** A person confirms what became of the authority to practise or to prescribe. */
export class ConfirmAuthorityDto extends SeenDto implements StepOf<'confirmAuthority'> {
  @ApiProperty({ enum: ['confirmAuthority'] })
  verb!: 'confirmAuthority';

  @ApiProperty({ enum: ['LICENCE', 'DEA'], description: 'LICENCE: as the registry says now.' })
  cause!: 'LICENCE' | 'DEA';

  @ApiPropertyOptional({ description: 'DEA: the reviewed verification that says so.' })
  verificationId?: string;
}

/** An action against the clinician. */
export class RecordAdverseActionDto extends SeenDto implements StepOf<'recordAdverseAction'> {
  @ApiProperty({ enum: ['recordAdverseAction'] })
  verb!: 'recordAdverseAction';

  @ApiProperty({ enum: ['SUSPENSION', 'RESTRICTION', 'RESIGNED_UNDER_INVESTIGATION'] })
  type!: AdverseAction['type'];

  @ApiProperty({ type: [String] })
  codes!: string[];

  @ApiProperty({ format: 'date' })
  from!: string;

  @ApiPropertyOptional({ format: 'date' })
  thru?: string;
}

/** That the data bank was told of it. */
export class RecordNpdbReportDto extends SeenDto implements StepOf<'recordNpdbReport'> {
  @ApiProperty({ enum: ['recordNpdbReport'] })
  verb!: 'recordNpdbReport';

  @ApiProperty({ minimum: 0, description: 'Place among the recorded actions, from 0.' })
  action!: number;

  @ApiProperty({ pattern: '^\\d{8,20}$' })
  controlNumber!: string;

  @ApiProperty({ format: 'date' })
  sentOn!: string;
}
