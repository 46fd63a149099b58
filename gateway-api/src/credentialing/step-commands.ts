import { DomainError, present } from '@medaccord/domain';
import type {
  BylawsDocument, ConsentDocument, CredentialFileDocument, CredentialKind, DelegationDocument, ExclusionMatchDocument, OpaqueId, OwnCommandBody, PrivilegesDocument, RosterDocument, VerificationDocument,
} from '@medaccord/domain';
import type { AnyOwnDocument, CredentialsClient } from '../ledger/credentials-client.js';
import type { Step } from './requests.js';

/** A step to take: on which document, with the documents that the ledger has now. */
interface Target {
  readonly client: Pick<CredentialsClient, 'newest' | 'list'>;
  readonly id: OpaqueId;
}

type StepOf<V extends Step['verb']> = Extract<Step, { readonly verb: V }>;

/** By verb: the kind of document that it concerns, and the command with everything that it rests on. */
interface StepDefinition<S extends Step> {
  readonly kind: CredentialKind;
  readonly command: (target: Target, step: S) => Promise<OwnCommandBody>;
}

const STEPS: { readonly [V in Step['verb']]: StepDefinition<StepOf<V>> } = {
  withdrawConsent: { kind: 'consent', command: async (target, { version, ...said }) => ({ ...said, consent: await seen<ConsentDocument>(target, 'consent', version) }) },
  reviewVerification: {
    kind: 'verification', command: async (target, { version, ...said }) => ({ ...said, verification: await seen<VerificationDocument>(target, 'verification', version) }),
  },
  recordAttestation: { kind: 'credential-file', command: async (target, { version, ...said }) => ({ ...said, file: await fileSeen(target, version) }) },
  assessCredentialFile: {
    kind: 'credential-file',
    command: async (target, { version, verificationIds, ...said }) => ({ ...said, file: await fileSeen(target, version), verifications: await verificationsOf(target, verificationIds) }),
  },
  decideCredentialFile: {
    kind: 'credential-file',
    command: async (target, { version, ...said }) => {
      const file = await fileSeen(target, version);

      return { ...said, file, verifications: await verificationsOf(target, file.body.verified.map(({ verificationId }) => verificationId)) };
    },
  },
  recordDecisionNotice: { kind: 'credential-file', command: async (target, { version, ...said }) => ({ ...said, file: await fileSeen(target, version) }) },
  recordFileAppeal: { kind: 'credential-file', command: async (target, { version, ...said }) => ({ ...said, file: await fileSeen(target, version) }) },
  decideFileAppeal: { kind: 'credential-file', command: async (target, { version, ...said }) => ({ ...said, file: await fileSeen(target, version) }) },
  terminateCredentialFile: { kind: 'credential-file', command: async (target, { version, ...said }) => ({ ...said, file: await fileSeen(target, version) }) },
  recordDelegation: {
    kind: 'delegation', command: async (target, { version, ...said }) => ({ ...said, delegationId: target.id, previous: await seen<DelegationDocument>(target, 'delegation', version) }),
  },
  acknowledgeRoster: { kind: 'roster', command: async (target, { version, ...said }) => ({ ...said, roster: await seen<RosterDocument>(target, 'roster', version) }) },
  decideExclusionMatch: { kind: 'exclusion-match', command: async (target, { version, ...said }) => ({ ...said, match: await seen<ExclusionMatchDocument>(target, 'exclusion-match', version) }) },
  recommendPrivileges: {
    kind: 'privileges',
    command: async (target, { version, fileId, ...said }) => {
      const file = fileId === undefined ? undefined : await target.client.newest<CredentialFileDocument>('credential-file', fileId);

      return { ...said, privileges: await privilegesSeen(target, version), ...present('file', file) };
    },
  },
  decidePrivileges: { kind: 'privileges', command: async (target, { version, ...said }) => ({ ...said, privileges: await privilegesSeen(target, version) }) },
  concludeReview: { kind: 'privileges', command: async (target, { version, ...said }) => ({ ...said, privileges: await privilegesSeen(target, version) }) },
  recordBylaws: { kind: 'bylaws', command: async (target, { version, ...said }) => ({ ...said, bylawsId: target.id, previous: await seen<BylawsDocument>(target, 'bylaws', version) }) },
  recordFocusedEvaluation: { kind: 'privileges', command: async (target, { version, ...said }) => ({ ...said, privileges: await privilegesSeen(target, version) }) },
  recordOngoingEvaluation: { kind: 'privileges', command: async (target, { version, ...said }) => ({ ...said, privileges: await privilegesSeen(target, version) }) },
  confirmAuthority: {
    kind: 'privileges',
    command: async (target, { version, verificationId, ...said }) => {
      const dea = verificationId === undefined ? undefined : await target.client.newest<VerificationDocument>('verification', verificationId);

      return { ...said, privileges: await privilegesSeen(target, version), ...present('dea', dea), ...present('bylaws', await bylawsOf(target)) };
    },
  },
  recordAdverseAction: { kind: 'privileges', command: async (target, { version, ...said }) => ({ ...said, privileges: await privilegesSeen(target, version) }) },
  recordNpdbReport: { kind: 'privileges', command: async (target, { version, ...said }) => ({ ...said, privileges: await privilegesSeen(target, version) }) },
};

/** The command of a step, with the newest documents. Throws DOCUMENT_NOT_FOUND, and STALE_VERSION where the person saw an older one. */
export async function commandOfStep(client: Pick<CredentialsClient, 'newest' | 'list'>, id: OpaqueId, step: Step): Promise<OwnCommandBody> {
  // The verb names the definition for its own type, which TypeScript cannot follow through the table.
  return (STEPS[step.verb] as StepDefinition<Step>).command({ client, id }, step);
}

async function seen<D extends AnyOwnDocument>({ client, id }: Target, kind: D['kind'], version: number | undefined): Promise<D> {
  const newest = await client.newest<D>(kind, id);
  if (version !== undefined && version !== newest.version) throw new DomainError('STALE_VERSION', { expected: version, actual: newest.version });

  return newest;
}

async function fileSeen(target: Target, version: number | undefined): Promise<CredentialFileDocument> {
  return seen<CredentialFileDocument>(target, 'credential-file', version);
}

async function privilegesSeen(target: Target, version: number | undefined): Promise<PrivilegesDocument> {
  return seen<PrivilegesDocument>(target, 'privileges', version);
}

/** The hospital's table; the standard one holds where there is none. */
async function bylawsOf({ client }: Target): Promise<BylawsDocument | undefined> {
  const { items: [found] } = await client.list('bylaws', '', 1);

  return found === undefined ? undefined : client.newest<BylawsDocument>('bylaws', found.id);
}

async function verificationsOf({ client }: Target, ids: readonly OpaqueId[]): Promise<readonly VerificationDocument[]> {
  return Promise.all(ids.map((id) => client.newest<VerificationDocument>('verification', id)));
}
