/** Types of what happens to the registry's public records: past tense, with a version. */
export const PUBLIC_EVENT_TYPES = [
  'registry.initialised.v1',
  'member.registered.v1',
  'member.updated.v1',
  'clock.advanced.v1',
  'provider.registered.v1',
  'provider-link.changed.v1',
  'provider-identity.changed.v1',
  'exclusion-snapshot.recorded.v1',
  'licence.issued.v1',
  'licence.order-recorded.v1',
  'compact-group.enlarged.v1',
  'board-officer.introduced.v1',
  'board-officer.withdrawn.v1',
  'practitioner.introduced.v1',
  'practitioner.withdrawn.v1',
  'source.reported.v1',
  'status-words.defined.v1',
  'issuer-key.introduced.v1',
  'issuer-key.revoked.v1',
] as const;

export type PublicEventType = (typeof PUBLIC_EVENT_TYPES)[number];

/** One thing that happened to a public record. */
export interface PublicEvent {
  readonly type: PublicEventType;
  /** The record's id: an MSP id, an NPI, a licence id, NPI and licence id for a link, the principal licence's id for a compact's group, the name of a published exclusion file, a board's id, or a key's. */
  readonly id: string;
  /** Sequence, version or tick after the event; 1 for what has none. */
  readonly position: number;
}

/** What a transaction emits: Fabric keeps one event per transaction, so all travel in one envelope. */
export interface EventEnvelope {
  readonly schema: 'registry-changed/v1';
  readonly events: readonly PublicEvent[];
}

/** Name of the one chaincode event of the registry. */
export const REGISTRY_CHANGED = 'registry.changed.v1';
