import { randomUUID } from 'node:crypto';
import { awaitsRegistry, isAnswered, questionsAbout, SYSTEM_ROLE } from '@medaccord/domain';
import type { OpaqueId } from '@medaccord/domain';
import type { GatewaySecret } from '../../config/gateway-secret.js';
import type { WriteRequest } from '../../idempotency/write-request.js';
import { isRefusal } from '../../ledger/claims-client.js';
import type { ClaimsClient } from '../../ledger/claims-client.js';
import type { RegistryClient } from '../../ledger/registry-client.js';
import { noJournal } from '../../ledger/transaction.js';
import type { AdjudicationDesk } from '../adjudication-desk.js';
import { inParallel } from '../../ledger/in-parallel.js';

/** Waiting claims that are read and decided together. */
const CLAIMS_AT_ONCE = 100;
const READS_AT_ONCE = 20;

/** Decides claims anew that were held only because the registry could not answer, once it can: by itself, for nobody. */
export class HeldClaims {
  readonly #client: ClaimsClient;
  readonly #registry: RegistryClient;
  readonly #desk: Pick<AdjudicationDesk, 'adjudicate'>;
  readonly #secret: GatewaySecret;

  constructor(client: ClaimsClient, registry: RegistryClient, desk: Pick<AdjudicationDesk, 'adjudicate'>, secret: GatewaySecret) {
    this.#client = client;
    this.#registry = registry;
    this.#desk = desk;
    this.#secret = secret;
  }

  /** Looks at every claim that waits; whoever is no insurer, or no member yet, has none to decide. */
  async release(): Promise<void> {
    if (!(await this.#isInsurer())) return;
    for (let after: string | undefined = ''; after !== undefined; ) {
      const page = await this.#client.openClaims(after, CLAIMS_AT_ONCE);
      const waiting = page.items.filter(awaitsRegistry).map(({ claimId }) => claimId);
      const answered = await inParallel(waiting, READS_AT_ONCE, async (claimId) => ((await this.#isAnswered(claimId)) ? [claimId] : []));
      await this.#decide(answered.flat());
      after = page.next;
    }
  }

  async #decide(claimIds: readonly OpaqueId[]): Promise<void> {
    if (claimIds.length === 0) return;
    await this.#desk.adjudicate(this.#write(), claimIds.map((claimId) => ({ claimId, releases: [], bySystem: true })));
  }

  /** False also where a person has taken the claim up: it stays with people. */
  async #isAnswered(claimId: OpaqueId): Promise<boolean> {
    const { claim, pend } = await this.#client.claim(claimId);
    if (pend !== null) return false;
    const { content } = claim.body;
    const { standings } = await this.#registry.standingsForClaims(SYSTEM_ROLE, { members: [], standings: questionsAbout(content) });

    return isAnswered(content, standings);
  }

  async #isInsurer(): Promise<boolean> {
    try {
      return (await this.#registry.member(SYSTEM_ROLE, this.#client.mspId)).kind === 'insurer';
    } catch (error) {
      if (isRefusal(error, 'NOT_INITIALISED', 'NOT_A_MEMBER', 'MEMBER_NOT_FOUND')) return false;
      throw error;
    }
  }

  /** Needs no journal: what a look left undone, or what may not have arrived, the next look finds waiting or decided. */
  #write(): WriteRequest {
    const operationId = randomUUID();

    return { operationId, actor: { id: 'gateway', role: SYSTEM_ROLE }, journal: noJournal, derive: (purpose) => this.#secret.mac('derived', operationId, purpose) };
  }
}
