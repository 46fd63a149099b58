import { DomainError, present } from '@medaccord/domain';
import type { AttemptDocument, LodgedDocument, OpaqueId } from '@medaccord/domain';
import type { WriteRequest } from '../../idempotency/write-request.js';
import { opaqueIdOf } from '../../ledger/claims-client.js';
import type { ClaimsClient } from '../../ledger/claims-client.js';
import { answerOf } from '../claim-copies.js';
import type { CommandAnswer } from '../claim-copies.js';
import { contractInForce } from './contract-in-force.js';
import type { LodgementAttempt, LodgementRequest } from './requests.js';

const STEP = 'lodge';

/** A hospital's claims while the insurer cannot be reached. */
export class LodgementDesk {
  readonly #client: ClaimsClient;

  constructor(client: ClaimsClient) {
    this.#client = client;
  }

  /** Notes that claims could not be submitted; the answer's ids are those of the claims from now on. */
  async attempt(write: WriteRequest, { insurerMsp, claims }: LodgementAttempt): Promise<CommandAnswer> {
    const items = claims.map((claim, index) => ({ claimId: opaqueIdOf(write.derive(`claim ${index}`)), claim }));

    return answerOf(await this.#client.apply(write, STEP, { parties: { insurerMsp, hospitalMsp: this.#client.mspId }, body: { verb: 'attemptSubmission', items } }));
  }

  /** Files claims alone. Throws MIXED_PARTIES for claims of several insurers. */
  async lodge(write: WriteRequest, { claims }: LodgementRequest): Promise<CommandAnswer> {
    return answerOf(await this.#client.applyOnce(write, STEP, async () => {
      const attempts = await Promise.all(claims.map(({ claimId }) => this.#client.newest<AttemptDocument>('attempt', claimId)));
      const parties = this.#partiesWith(attempts.map(({ body }) => body.counterparty));
      const items = claims.flatMap(({ claim }, index) => (attempts[index] === undefined ? [] : [{ attempt: attempts[index], claim }]));

      return { parties, body: { verb: 'lodgeClaims', items, ...present('contract', await contractInForce(this.#client, parties)) } };
    }));
  }

  /** Presents lodged claims to the insurer, whose peer signs again. Throws MIXED_PARTIES for claims of several insurers. */
  async present(write: WriteRequest, claimIds: readonly OpaqueId[]): Promise<CommandAnswer> {
    return answerOf(await this.#client.applyOnce(write, STEP, async () => {
      const items = await Promise.all(claimIds.map((claimId) => this.#client.newest<LodgedDocument>('lodged', claimId)));
      const parties = this.#partiesWith(items.map(({ body }) => body.insurerMsp));

      return { parties, body: { verb: 'countersignClaims', items } };
    }));
  }

  #partiesWith(insurers: readonly string[]): { readonly insurerMsp: string; readonly hospitalMsp: string } {
    const [insurerMsp, ...others] = new Set(insurers);
    if (insurerMsp === undefined || others.length > 0) throw new DomainError('MIXED_PARTIES');

    return { insurerMsp, hospitalMsp: this.#client.mspId };
  }
}
