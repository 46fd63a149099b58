import { opaqueId, ownerShape } from '../documents/document.js';
import type { Owner } from '../documents/document.js';
import type { CommandActor } from '../claims/command.js';
import type { CredentialFileCommand } from '../credential-files/commands.js';
import { credentialFileShapes } from '../credential-files/commands.js';
import { delegationShapes } from '../credential-files/delegation.js';
import type { DelegationCommand } from '../credential-files/delegation.js';
import { exclusionShapes } from '../exclusions/exclusion-match.js';
import type { ExclusionCommand } from '../exclusions/exclusion-match.js';
import { privilegingShapes } from '../privileging/commands.js';
import type { PrivilegingCommand } from '../privileging/commands.js';
import { recordScreeningRunShape } from '../exclusions/screening-run.js';
import type { RecordScreeningRun } from '../exclusions/screening-run.js';
import { canonicalBytes } from '../shared/canonical-json.js';
import { recordBylawsShape } from '../privileging/bylaws.js';
import type { RecordBylaws } from '../privileging/bylaws.js';
import type { OpaqueId } from '../shared/ids.js';
import { freeText, object, oneOf, variant } from '../shared/parse.js';
import type { Shape } from '../shared/parse.js';
import { recordConsentShape, withdrawConsentShape } from '../verification/consent.js';
import type { RecordConsent, WithdrawConsent } from '../verification/consent.js';
import { collectVerificationShape, reviewVerificationShape } from '../verification/verify.js';
import type { CollectVerification, ReviewVerification } from '../verification/verify.js';

/** What a command of the credentials contract asks for. */
export type OwnCommandBody = RecordConsent | WithdrawConsent | CollectVerification | ReviewVerification | CredentialFileCommand | DelegationCommand | ExclusionCommand | RecordScreeningRun | RecordBylaws | PrivilegingCommand;

/** The verbs of the credentials contract. */
export type OwnVerb = OwnCommandBody['verb'];

/** As a claims command, with one owner in place of two parties: see `claims/command.ts` for how it travels. */
export interface OwnCommand<B extends OwnCommandBody = OwnCommandBody> {
  readonly schema: 'credentials-command/v1';
  readonly commandId: OpaqueId;
  readonly salt: string;
  readonly actor: CommandActor;
  readonly parties: Owner;
  readonly body: B;
}

/** The one transaction of the credentials contract that submits. */
export const CREDENTIALS_APPLY = 'credentials:apply';

/** Names of the credentials contract's queries. */
export const CREDENTIALS_QUERIES = {
  readReceipt: 'credentials:readReceipt',
  readNewest: 'credentials:readNewest',
  readHistory: 'credentials:readHistory',
  listDocuments: 'credentials:listDocuments',
} as const;

/** The one event of the credentials contract; it has no payload. */
export const CREDENTIALS_CHANGED = 'credentials.changed.v1';

/** Reads a command. */
export const ownCommandShape: Shape<OwnCommand> = object<OwnCommand>({
  schema: oneOf(['credentials-command/v1']),
  commandId: opaqueId,
  salt: freeText(0, 128),
  actor: object<CommandActor>({ id: freeText(1, 200), role: freeText(1, 64) }),
  parties: ownerShape,
  body: variant<OwnCommandBody>('verb', {
    recordConsent: recordConsentShape,
    withdrawConsent: withdrawConsentShape,
    collectVerification: collectVerificationShape,
    reviewVerification: reviewVerificationShape,
    ...credentialFileShapes,
    ...delegationShapes,
    ...exclusionShapes,
    recordBylaws: recordBylawsShape,
    recordScreeningRun: recordScreeningRunShape,
    ...privilegingShapes,
  }),
});

/** The bytes that go into the transient map. */
export function encodeOwnCommand(command: OwnCommand): Uint8Array {
  return canonicalBytes(command);
}
