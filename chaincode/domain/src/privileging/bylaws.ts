import { opaqueId, ownDocumentShape } from '../documents/document.js';
import type { OwnDocument } from '../documents/document.js';
import type { OwnEffects, OwnExecution, OwnPreconditions } from '../credentialing/execution.js';
import { NOTHING_ASKED, nextVersion, recordedDocument, todayIn } from '../credentialing/execution.js';
import type { PlainDate } from '../shared/dates.js';
import { invalidInput, issue } from '../shared/errors.js';
import type { OpaqueId } from '../shared/ids.js';
import { freeText, list, object, oneOf, optional, plainDate } from '../shared/parse.js';
import type { Shape } from '../shared/parse.js';
import type { ItemState, PrivilegeItem } from './privileges.js';

/** What can become of a clinician's authority. UNKNOWN is none of these: it calls for a look and nothing else. */
export const AUTHORITY_CAUSES = ['LICENCE_NONE', 'LICENCE_LIMITED', 'DEA_GONE'] as const;

export type AuthorityCause = (typeof AUTHORITY_CAUSES)[number];

/** Which privileges a rule is about. */
export const CONCERNED = ['all', 'core', 'special', 'prescribing'] as const;

/** What the hospital's bylaws do to such privileges, once a person confirms the cause. */
export interface BylawsRule {
  readonly cause: AuthorityCause;
  readonly concerns: (typeof CONCERNED)[number];
  readonly action: 'RELINQUISH' | 'REVIEW';
}

/** A hospital's own table; where it has none, the standard one holds. */
export interface BylawsBody {
  readonly name: string;
  readonly from: PlainDate;
  readonly rules: readonly BylawsRule[];
}

export type BylawsDocument = OwnDocument<'bylaws', BylawsBody>;

/** Records the table, or its next version. */
export interface RecordBylaws {
  readonly verb: 'recordBylaws';
  readonly bylawsId: OpaqueId;
  readonly previous?: BylawsDocument;
  readonly bylaws: BylawsBody;
}

/** No licence, no privileges; within limits, all are looked at; without a DEA registration, nobody prescribes. */
export const STANDARD_RULES: readonly BylawsRule[] = [
  { cause: 'LICENCE_NONE', concerns: 'all', action: 'RELINQUISH' },
  { cause: 'LICENCE_LIMITED', concerns: 'all', action: 'REVIEW' },
  { cause: 'DEA_GONE', concerns: 'prescribing', action: 'RELINQUISH' },
];

/** Reads a table. */
export const bylawsBodyShape: Shape<BylawsBody> = object<BylawsBody>({
  name: freeText(1, 60), from: plainDate,
  rules: list(object<BylawsRule>({ cause: oneOf(AUTHORITY_CAUSES), concerns: oneOf(CONCERNED), action: oneOf(['RELINQUISH', 'REVIEW']) }), 1, 50),
});

/** Reads a recorded table. */
export const bylawsShape: Shape<BylawsDocument> = ownDocumentShape('bylaws', bylawsBodyShape);

export const recordBylawsShape: Shape<RecordBylaws> = object<RecordBylaws>({ verb: oneOf(['recordBylaws']), bylawsId: opaqueId, previous: optional(bylawsShape), bylaws: bylawsBodyShape });

/** A next version rests on the one before. */
export function bylawsPreconditions({ previous }: RecordBylaws): OwnPreconditions {
  return { ...NOTHING_ASKED, documents: previous === undefined ? [] : [previous] };
}

/** Throws INVALID_INPUT for another table's previous version, and for a table that misses a cause or keeps privileges without a licence. */
export function recordBylaws({ bylawsId, previous, bylaws }: RecordBylaws, execution: OwnExecution): OwnEffects {
  if (previous !== undefined && previous.id !== bylawsId) throw invalidInput([issue('INCONSISTENT', '/body/previous')]);
  const missing = AUTHORITY_CAUSES.some((cause) => bylaws.rules.every((rule) => rule.cause !== cause));
  const keeps = !bylaws.rules.some(({ cause, concerns, action }) => cause === 'LICENCE_NONE' && concerns === 'all' && action === 'RELINQUISH');
  if (missing || keeps) throw invalidInput([issue('INCONSISTENT', '/body/bylaws/rules')]);
  return recordedDocument(execution, 'bylaws', previous === undefined ? { id: bylawsId, version: 1 } : nextVersion(previous), bylaws);
}

/** The rules in force on the day of the transaction. */
export function bylawsRulesOn(bylaws: BylawsDocument | undefined, execution: Pick<OwnExecution, 'now'>): readonly BylawsRule[] {
  return bylaws !== undefined && bylaws.body.from <= todayIn(execution) ? bylaws.body.rules : STANDARD_RULES;
}

/** What becomes of a privilege: the gravest of the rules that concern it; undefined where none does. */
export function stateUnder(rules: readonly BylawsRule[], cause: AuthorityCause, item: PrivilegeItem): ItemState | undefined {
  const actions = rules.filter((rule) => rule.cause === cause && isConcerned(rule, item)).map(({ action }) => action);
  if (actions.includes('RELINQUISH')) return 'RELINQUISHED';
  return actions.includes('REVIEW') ? 'UNDER_REVIEW' : undefined;
}

function isConcerned({ concerns }: BylawsRule, { group, prescribing }: PrivilegeItem): boolean {
  return concerns === 'all' || concerns === group || (concerns === 'prescribing' && prescribing);
}
