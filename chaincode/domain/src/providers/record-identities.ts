import { canonicalJson } from '../shared/canonical-json.js';
import { DomainError } from '../shared/errors.js';
import { eachItem } from '../shared/item-outcome.js';
import type { ItemOutcome } from '../shared/item-outcome.js';
import { present } from '../shared/present.js';
import type { Npi } from '../shared/ids.js';
import type { RegistryExecution } from '../members/registry-execution.js';
import type { PublicEvent } from '../licences/registry-event.js';
import { onePerson } from './one-person.js';
import type { Identities } from './one-person.js';
import { identityState, MOST_IDENTITY_EVENTS, MOST_IDENTITY_STATEMENTS, MOST_NUMBERS_OF_ONE, numbersOf, recordIdentityShape } from './provider-identity.js';
import type { IdentityFact, IdentityState, IdentityStatement, ProviderIdentity, RecordIdentity } from './provider-identity.js';

/** What a batch of identity steps needs to know. */
export interface IdentityContext {
  /** Of all numbers that the steps name and of those that these are linked to. */
  readonly identities: Identities;
  readonly providers: ReadonlySet<Npi>;
}

type Done = 'PROPOSED' | 'CONFIRMED' | 'DISPUTED' | 'VOIDED';
export type IdentityOutcome = ItemOutcome<Done>;

/** The outcome of each item, and the identities that changed. */
export interface RecordedIdentities {
  readonly outcomes: readonly IdentityOutcome[];
  readonly changed: readonly ProviderIdentity[];
  readonly events: readonly PublicEvent[];
}

const DONE = { PROPOSE: 'PROPOSED', CONFIRM: 'CONFIRMED', DISPUTE: 'DISPUTED', VOID: 'VOIDED' } as const;

/** Takes each step of the batch; what each does is told at `IdentityEventType`. */
export function recordIdentities(items: readonly unknown[], context: IdentityContext, execution: RegistryExecution): RecordedIdentities {
  const identities = new Map(context.identities);
  const changed = new Map<Npi, ProviderIdentity>();
  const events: PublicEvent[] = [];
  const outcomes = eachItem<RecordIdentity, Done>(items, recordIdentityShape, (item) => {
    const id = `${numbersOf(item.fact).join('~')}~${item.fact.type}`;
    if (!isNews(item, { ...context, identities }, execution)) return { outcome: 'ALREADY_RECORDED', id };
    const after = numbersOf(item.fact).map((npi) => withEvent(identities.get(npi) ?? empty(npi), item, execution));
    for (const identity of after) {
      identities.set(identity.npi, identity);
      changed.set(identity.npi, identity);
      events.push({ type: 'provider-identity.changed.v1', id: identity.npi, position: identity.lastSequence });
    }
    return { outcome: DONE[item.type], id };
  });
  return { outcomes, changed: [...changed.values()], events };
}

/** The numbers of the items that are well formed. */
export function identitiesNamedIn(items: readonly unknown[]): readonly Npi[] {
  const npis = new Set<Npi>();
  eachItem<RecordIdentity, Done>(items, recordIdentityShape, ({ type, fact }) => {
    for (const npi of numbersOf(fact)) npis.add(npi);
    return { outcome: DONE[type], id: fact.npi };
  });
  return [...npis];
}

function empty(npi: Npi): ProviderIdentity {
  return { schema: 'provider-identity/v1', npi, lastSequence: 0, statements: [] };
}

function isNews({ type, fact }: RecordIdentity, { identities, providers }: IdentityContext, { actor }: RegistryExecution): boolean {
  if (numbersOf(fact).some((npi) => !providers.has(npi))) throw new DomainError('PROVIDER_NOT_FOUND');
  const state = identityState(statementOn(identities.get(fact.npi), fact).events);
  const { mspId } = actor.member;
  switch (type) {
    case 'PROPOSE':
      return state.state === 'NONE' || state.state === 'VOIDED';
    case 'CONFIRM':
      return confirms(fact, state, mspId, identities);
    case 'DISPUTE':
      assertOpen(state);
      return state.disputer === undefined;
    case 'VOID':
      return voids(state, mspId);
  }
}

function assertOpen({ state }: IdentityState): void {
  if (state === 'NONE') throw new DomainError('IDENTITY_NOT_FOUND');
  if (state === 'VOIDED') throw new DomainError('IDENTITY_NOT_OPEN', { state });
}

function confirms(fact: IdentityFact, state: IdentityState, mspId: string, identities: Identities): boolean {
  assertOpen(state);
  if (state.state === 'CONFIRMED' && state.disputer !== mspId) return false;
  if (state.proposer === mspId) throw new DomainError('IDENTITY_NEEDS_ANOTHER');
  const together = new Set(numbersOf(fact).flatMap((npi) => onePerson(npi, identities)));
  if (together.size > MOST_NUMBERS_OF_ONE) throw new DomainError('TOO_MANY_IDENTITIES');
  return true;
}

function voids(state: IdentityState, mspId: string): boolean {
  if (state.state === 'VOIDED') return false;
  assertOpen(state);
  if (state.disputer === undefined) throw new DomainError('IDENTITY_NOT_OPEN', { state: state.state });
  if (state.disputer === mspId) throw new DomainError('IDENTITY_NEEDS_ANOTHER');
  return true;
}

function statementOn(identity: ProviderIdentity | undefined, fact: IdentityFact): IdentityStatement {
  return identity?.statements.find((statement) => isSame(statement.fact, fact)) ?? { fact, events: [] };
}

function isSame(one: IdentityFact, other: IdentityFact): boolean {
  return canonicalJson(one) === canonicalJson(other);
}

/** The identity with one more event. Throws RECORDED_TIME_DECREASES and TOO_MANY_IDENTITIES. */
function withEvent(identity: ProviderIdentity, { type, fact, evidenceHash }: RecordIdentity, { actor, now, txId }: RegistryExecution): ProviderIdentity {
  const { events } = statementOn(identity, fact);
  const sequence = identity.lastSequence + 1;
  const isKnown = events.length > 0;
  if (identity.statements.some((statement) => statement.events.some(({ recordedAt }) => now < recordedAt))) throw new DomainError('RECORDED_TIME_DECREASES');
  if (events.length >= MOST_IDENTITY_EVENTS || (!isKnown && identity.statements.length >= MOST_IDENTITY_STATEMENTS)) throw new DomainError('TOO_MANY_IDENTITIES');
  const after: IdentityStatement = { fact, events: [...events, { sequence, type, mspId: actor.member.mspId, ...present('evidenceHash', evidenceHash), recordedAt: now, subject: actor.subject, txId }] };
  const statements = isKnown ? identity.statements.map((statement) => (isSame(statement.fact, fact) ? after : statement)) : [...identity.statements, after];
  return { ...identity, lastSequence: sequence, statements };
}
