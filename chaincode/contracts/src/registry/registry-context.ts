import type { EventEnvelope, Member, PublicEvent, RegistryConfiguration, RegistryExecution } from '@medaccord/domain';
import { canonicalBytes, DomainError, REGISTRY_CHANGED } from '@medaccord/domain';
import { assertPermitted, requirementOf } from '../platform/authorisation.js';
import type { Requirements } from '../platform/authorisation.js';
import { MedAccordContext } from '../platform/medaccord-context.js';
import { sha256 } from '../platform/sha256.js';
import { configurationKey, configurations, memberKey, members } from './records.js';
import { registryRequirements } from './requirements.js';

/** One transaction of the registry. */
export class RegistryContext extends MedAccordContext {
  #member: Member | undefined;

  /** Refuses a caller who may not send this transaction, by the member record on the ledger and the certificate's role. */
  async authorise(transaction: string, requirements: Requirements = registryRequirements): Promise<void> {
    const requirement = requirementOf(requirements, transaction);
    this.#member = await this.store.get(members, memberKey(this.caller.mspId));
    assertPermitted(requirement, this.#member, this.caller.role);
  }

  /** What rules may know of this transaction. */
  get execution(): RegistryExecution {
    const { role, unit, subject } = this.caller;
    if (this.#member === undefined) throw new DomainError('NOT_A_MEMBER');
    if (role === undefined) throw new DomainError('NO_ROLE');
    return { actor: { member: this.#member, role, subject, ...(unit === undefined ? {} : { unit }) }, now: this.now, txId: this.txId, sha256 };
  }

  /** What the founders agreed on. Throws NOT_INITIALISED. */
  async configuration(): Promise<RegistryConfiguration> {
    const configuration = await this.store.get(configurations, configurationKey);
    if (configuration === undefined) throw new DomainError('NOT_INITIALISED');
    return configuration;
  }

  /** Tells the world what changed, once per transaction; nothing where nothing did. */
  emit(events: readonly PublicEvent[]): void {
    if (events.length === 0) return;
    const envelope: EventEnvelope = { schema: 'registry-changed/v1', events };
    this.stub.setEvent(REGISTRY_CHANGED, canonicalBytes(envelope));
  }
}
