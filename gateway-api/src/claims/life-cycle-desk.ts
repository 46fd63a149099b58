import { DomainError, present } from '@medaccord/domain';
import type {
  AcknowledgementDocument, AppealDocument, ClaimFile, CommandBody, OpaqueId, Parties, PayeeAccountDocument, PendCommand, PendDocument, RemittanceDocument, RoutingDocument,
} from '@medaccord/domain';
import type { WriteRequest } from '../idempotency/write-request.js';
import { opaqueIdOf } from '../ledger/claims-client.js';
import type { ClaimsClient } from '../ledger/claims-client.js';
import { answerOf } from './claim-copies.js';
import type { CommandAnswer } from './claim-copies.js';
import type { InsuredIds } from './insured-ids.js';
import type {
  AcknowledgementRequest, AnswerContent, AppealDecisionRequest, AppealRequest, QuestionRequest, RefundDemandRequest, ReleaseRequest, RoutingRequest,
} from './life-cycle-requests.js';
import { standingDecision } from './originals.js';

const STEP = 'life cycle';

/** What is done with one claim or remittance: reads the documents that the step rests on, and gives the command. */
export class LifeCycleDesk {
  readonly #client: ClaimsClient;
  readonly #ids: InsuredIds;

  constructor(client: ClaimsClient, ids: InsuredIds) {
    this.#client = client;
    this.#ids = ids;
  }

  async fileAppeal(write: WriteRequest, claimId: OpaqueId, request: AppealRequest): Promise<CommandAnswer> {
    return this.#once(write, async () => {
      const { adjudication } = await this.#decided(claimId);
      const before = await this.#client.newestOrNone<AppealDocument>('appeal', claimId);

      return { parties: adjudication.parties, body: { verb: 'fileAppeal', adjudication, ...present('before', before), ...request } };
    });
  }

  async decideAppeal(write: WriteRequest, claimId: OpaqueId, request: AppealDecisionRequest): Promise<CommandAnswer> {
    return this.#once(write, async () => {
      const { adjudication } = await this.#decided(claimId);
      const appeal = await this.#client.newest<AppealDocument>('appeal', claimId);

      return { parties: appeal.parties, body: { verb: 'decideAppeal', adjudication, appeal, ...request } };
    });
  }

  async withdrawAppeal(write: WriteRequest, claimId: OpaqueId, reason: string): Promise<CommandAnswer> {
    return this.#once(write, async () => {
      const appeal = await this.#client.newest<AppealDocument>('appeal', claimId);

      return { parties: appeal.parties, body: { verb: 'withdrawAppeal', appeal, reason } };
    });
  }

  /** The insurer's own affair: the hospital learns nothing of queues and people. */
  async route(write: WriteRequest, claimId: OpaqueId, request: RoutingRequest): Promise<CommandAnswer> {
    return this.#once(write, async () => {
      const before = await this.#client.newestOrNone<RoutingDocument>('routing', claimId);

      return { parties: { insurerMsp: this.#client.mspId }, body: { verb: 'routePend', claimId, version: (before?.version ?? 0) + 1, ...request } };
    });
  }

  async ask(write: WriteRequest, claimId: OpaqueId, request: QuestionRequest): Promise<CommandAnswer> {
    return this.#pend(write, claimId, ({ claim, pend }) => ({ verb: 'requestInformation', claim, ...present('before', pend), ...request }));
  }

  async answer(write: WriteRequest, claimId: OpaqueId, request: AnswerContent): Promise<CommandAnswer> {
    return this.#pend(write, claimId, ({ claim, pend }) => {
      if (pend === undefined) throw new DomainError('DOCUMENT_NOT_FOUND', { kind: 'pend' });

      return { verb: 'answerRequest', claim, before: pend, ...request };
    });
  }

  async release(write: WriteRequest, claimId: OpaqueId, request: ReleaseRequest): Promise<CommandAnswer> {
    return this.#pend(write, claimId, ({ claim, pend }) => ({ verb: 'releasePend', claim, ...present('before', pend), ...request }));
  }

  async confirmPayment(write: WriteRequest, remittanceId: OpaqueId, traceNumber: string): Promise<CommandAnswer> {
    return this.#once(write, async () => {
      const remittance = await this.#client.newest<RemittanceDocument>('remittance', remittanceId);

      return { parties: remittance.parties, body: { verb: 'confirmPayment', remittance, traceNumber } };
    });
  }

  async acknowledge(write: WriteRequest, remittanceId: OpaqueId, request: AcknowledgementRequest): Promise<CommandAnswer> {
    return this.#once(write, async () => {
      const remittance = await this.#client.newest<RemittanceDocument>('remittance', remittanceId);
      const before = await this.#client.newestOrNone<AcknowledgementDocument>('acknowledgement', remittanceId);

      return { parties: remittance.parties, body: { verb: 'acknowledgeRemittance', remittance, version: (before?.version ?? 0) + 1, ...request } };
    });
  }

  async demandRefund(write: WriteRequest, { claimId, amountMinor, letter }: RefundDemandRequest): Promise<CommandAnswer> {
    return this.#once(write, async () => {
      const { eob, payment } = await this.#decided(claimId);
      if (payment === undefined) throw new DomainError('DOCUMENT_NOT_FOUND', { kind: 'payment' });
      const accountId = this.#ids.account(eob.parties.hospitalMsp, eob.body.currency);
      const document = await this.#client.newestOrNone<PayeeAccountDocument>('payee-account', accountId);
      const receivableId = opaqueIdOf(write.derive('receivable'));

      return { parties: eob.parties, body: { verb: 'demandRefund', receivableId, eob, payment, amountMinor, letter, account: { accountId, ...present('document', document) } } };
    });
  }

  /** A step on a waiting claim, of which both parties learn. */
  async #pend(write: WriteRequest, claimId: OpaqueId, command: (found: { readonly claim: ClaimFile['claim']; readonly pend: PendDocument | undefined }) => PendCommand): Promise<CommandAnswer> {
    return this.#once(write, async () => {
      const { claim, pend } = await this.#client.claim(claimId);

      return { parties: claim.parties, body: command({ claim, pend: pend ?? undefined }) };
    });
  }

  async #decided(claimId: OpaqueId): Promise<NonNullable<ReturnType<typeof standingDecision>>> {
    const decision = standingDecision(await this.#client.claim(claimId));
    if (decision === undefined) throw new DomainError('DOCUMENT_NOT_FOUND', { kind: 'adjudication' });

    return decision;
  }

  async #once(write: WriteRequest, request: () => Promise<{ readonly parties: Parties; readonly body: CommandBody }>): Promise<CommandAnswer> {
    return answerOf(await this.#client.applyOnce(write, STEP, request));
  }
}
