import { DomainError, present, rolesFor } from '@medaccord/domain';
import type { BylawsBody, ConsentDocument, CredentialFileDocument, DelegationBody, DelegationDocument, MemberKind, OpaqueId, OwnCommandBody, OwnReceiptItem } from '@medaccord/domain';
import type { Actor, Caller } from '../auth/caller.js';
import type { WriteRequest } from '../idempotency/write-request.js';
import { opaqueIdOf } from '../ledger/claims-client.js';
import type { CommandProof } from '../ledger/command-sending.js';
import type { AppliedOwnCommand, CredentialsClient } from '../ledger/credentials-client.js';
import type { ConsentRequest, CredentialFileRequest, ExclusionMatchRequest, PrivilegesRequest, RegistryQuestion, RosterRequest, Step, VerificationRequest } from './requests.js';
import { commandOfStep } from './step-commands.js';

/** What a command wrote, document by document. */
export interface OwnCommandAnswer {
  readonly commandId: OpaqueId;
  readonly items: readonly OwnReceiptItem[];
  readonly proof: CommandProof;
}

/** Who asks, and the write under way. */
export interface Asked {
  readonly write: WriteRequest;
  readonly caller: Caller;
}

/** The system that asks the registry, as receipts name it. */
const GATEWAY = { system: 'medaccord-gateway', systemVersion: '1' } as const;

/** Kinds of organisation that credential; the ledger knows which one the owner is. */
const KINDS: readonly MemberKind[] = ['hospital', 'insurer'];

const STEP = 'credentialing';

/** Gives the commands of a credentialing organisation: gathers what they rest on, and names the role that may give each. */
export class CredentialingDesk {
  readonly #client: CredentialsClient;

  constructor(client: CredentialsClient) {
    this.#client = client;
  }

  async recordConsent(asked: Asked, { consentId = idOf(asked), practitioner, ...release }: ConsentRequest): Promise<OwnCommandAnswer> {
    const recordedAs = practitioner === undefined ? 'document-recorded' : 'practitioner-signed';

    return this.#once(asked, () => ({ verb: 'recordConsent', consentId, consent: { ...release, recordedAs }, ...present('practitioner', practitioner) }));
  }

  /** Records what a source outside answered. */
  async collect(asked: Asked, { consentId, ...found }: VerificationRequest): Promise<OwnCommandAnswer> {
    return this.#once(asked, async () => {
      const consent = consentId === undefined ? undefined : await this.#client.newest<ConsentDocument>('consent', consentId);

      return { verb: 'collectVerification', verificationId: idOf(asked), ...found, ...present('consent', consent) };
    });
  }

  /** Asks the registry; its answer is computed in the very transaction that records it. */
  async askRegistry(asked: Asked, { jurisdiction, asOf = today(), ...person }: RegistryQuestion): Promise<OwnCommandAnswer> {
    return this.#once(asked, () => ({
      verb: 'collectVerification', verificationId: idOf(asked), ...person, asOf, element: 'licence', source: { name: 'registry', type: 'primary' }, method: 'ledger-query', criteria: 'npi',
      answer: { type: 'ask-registry', jurisdiction }, ...GATEWAY,
    }));
  }

  async openFile(asked: Asked, { previousFileId, ...subject }: CredentialFileRequest): Promise<OwnCommandAnswer> {
    return this.#once(asked, async () => {
      const previous = previousFileId === undefined ? undefined : await this.#client.newest<CredentialFileDocument>('credential-file', previousFileId);

      return { verb: 'openCredentialFile', fileId: idOf(asked), ...subject, ...present('previous', previous) };
    });
  }

  async recordDelegation(asked: Asked, delegation: DelegationBody): Promise<OwnCommandAnswer> {
    return this.#once(asked, () => ({ verb: 'recordDelegation', delegationId: idOf(asked), delegation }));
  }

  async receiveRoster(asked: Asked, { delegationId, ...roster }: RosterRequest): Promise<OwnCommandAnswer> {
    return this.#once(asked, async () => {
      const delegation = await this.#client.newest<DelegationDocument>('delegation', delegationId);

      return { verb: 'receiveRoster', rosterId: idOf(asked), delegation, ...roster };
    });
  }

  async recordExclusionMatch(asked: Asked, pair: ExclusionMatchRequest): Promise<OwnCommandAnswer> {
    return this.#once(asked, () => ({ verb: 'recordExclusionMatch', matchId: idOf(asked), ...pair }));
  }

  /** Records the hospital's table. A second one is refused: the next version of the first is a step. */
  async recordBylaws(asked: Asked, bylaws: BylawsBody): Promise<OwnCommandAnswer> {
    return this.#once(asked, async () => {
      const { items: [found] } = await this.#client.list('bylaws', '', 1);
      if (found !== undefined) throw new DomainError('DOCUMENT_EXISTS', { key: `bylaws~${found.id}` });

      return { verb: 'recordBylaws', bylawsId: idOf(asked), bylaws };
    });
  }

  async beginPrivileges(asked: Asked, request: PrivilegesRequest): Promise<OwnCommandAnswer> {
    return this.#once(asked, () => ({ ...request, privilegesId: idOf(asked) }));
  }

  /** Carries a recorded document a step further. */
  async step(asked: Asked, id: OpaqueId, step: Step): Promise<OwnCommandAnswer> {
    return this.#once(asked, () => commandOfStep(this.#client, id, step));
  }

  /** Gives the command, unless this request gave it before it was interrupted: what it rests on has changed by that. */
  async #once({ write, caller }: Asked, command: () => OwnCommandBody | Promise<OwnCommandBody>): Promise<OwnCommandAnswer> {
    const earlier = await this.#client.carriedOut(write, STEP);
    if (earlier !== undefined) return answerOf(earlier);
    const body = await command();

    return answerOf(await this.#client.apply(write, STEP, actorFor(body, caller), body));
  }
}

/**
 * The caller in the role that may give this very command. A convenience that refuses early: the chaincode decides again,
 * and knows which kind of organisation asks. Throws FORBIDDEN_ROLE.
 */
export function actorFor(body: OwnCommandBody, { subject, roles }: Caller): Actor {
  const role = KINDS.flatMap((kind) => rolesFor(body, kind) ?? []).find((one) => roles.includes(one));
  if (role === undefined) throw new DomainError('FORBIDDEN_ROLE');

  return { id: subject, role };
}

/** The id of the one document that a request brings into being. */
function idOf({ write }: Asked): OpaqueId {
  return opaqueIdOf(write.derive('credentialing document'));
}

function today(): string {
  return new Date().toISOString().slice(0, 10);
}

function answerOf({ receipt, proof }: AppliedOwnCommand): OwnCommandAnswer {
  return { commandId: receipt.id, items: receipt.body.items, proof };
}
