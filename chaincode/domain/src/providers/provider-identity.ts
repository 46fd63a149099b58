import type { Instant, PlainDate } from '../shared/dates.js';
import type { Npi } from '../shared/ids.js';
import { integer, npiShape, object, oneOf, optional, plainDate, sha256Shape, variant, where } from '../shared/parse.js';
import type { Shape } from '../shared/parse.js';
import { providerNameShape } from './provider.js';
import type { ProviderName } from './provider.js';

/** Why the enumerator took a number out of use (NPPES): death, disbandment, fraud, other. */
export const DEACTIVATION_REASONS = ['DT', 'DB', 'FR', 'OT'] as const;

/** Something that is so about a number or about the person behind it. A fact names everything that it says: the same fact is the same value. */
export type IdentityFact =
  /** `npi` is not used from that day on; the person has another number. */
  | { readonly type: 'REPLACED'; readonly npi: Npi; readonly by: Npi; readonly from: PlainDate }
  /** Two numbers of one person, always; `npi` is the smaller one. A wrong merge is voided, and never was. */
  | { readonly type: 'SAME_PERSON'; readonly npi: Npi; readonly other: Npi }
  | { readonly type: 'DEACTIVATED'; readonly npi: Npi; readonly from: PlainDate; readonly reason: (typeof DEACTIVATION_REASONS)[number] }
  /** In use again, after deactivation or retirement. */
  | { readonly type: 'REACTIVATED'; readonly npi: Npi; readonly from: PlainDate }
  /** A name of the public directory, now or formerly. */
  | { readonly type: 'NAMED'; readonly npi: Npi; readonly name: ProviderName; readonly from?: PlainDate; readonly thru?: PlainDate }
  | { readonly type: 'DECEASED'; readonly npi: Npi; readonly on: PlainDate }
  | { readonly type: 'RETIRED'; readonly npi: Npi; readonly from: PlainDate };

/**
 * PROPOSE: one organisation says so, with evidence. CONFIRM: another one agrees; only then it counts. DISPUTE: one
 * organisation doubts it, which all see and which changes nothing yet. VOID: another one agrees with the doubt; then the fact
 * never was, for all that is asked from then on. Nobody alone makes or ends what standing rests on.
 */
export type IdentityEventType = 'PROPOSE' | 'CONFIRM' | 'DISPUTE' | 'VOID';

/** What an organisation said about a fact. */
export interface IdentityEvent {
  /** Position among all identity events of the number, from 1 without gaps. */
  readonly sequence: number;
  readonly type: IdentityEventType;
  readonly mspId: string;
  /** SHA-256 in hexadecimal over salt and evidence, which stays with the organisation. */
  readonly evidenceHash?: string;
  readonly recordedAt: Instant;
  readonly subject: string;
  readonly txId: string;
}

/** A fact and what was said about it. */
export interface IdentityStatement {
  readonly fact: IdentityFact;
  readonly events: readonly IdentityEvent[];
}

/** All that was said about a number's identity, under one key. A fact about two numbers stands under both. */
export interface ProviderIdentity {
  readonly schema: 'provider-identity/v1';
  readonly npi: Npi;
  readonly lastSequence: number;
  /** In the order in which they were proposed. */
  readonly statements: readonly IdentityStatement[];
}

/** How much of a number's identity an answer took into account. */
export interface IdentityPosition {
  readonly npi: Npi;
  readonly knownAt: number;
}

/** Reads a position. */
export const identityPositionShape: Shape<IdentityPosition> = object<IdentityPosition>({ npi: npiShape, knownAt: integer(0) });

/** Bounds of one key and of one person; more does not occur. */
export const MOST_IDENTITY_STATEMENTS = 32;
export const MOST_IDENTITY_EVENTS = 32;
export const MOST_NUMBERS_OF_ONE = 8;

/** One identity step of a batch. */
export interface RecordIdentity {
  readonly type: IdentityEventType;
  readonly fact: IdentityFact;
  /** A proposal has evidence. */
  readonly evidenceHash?: string;
}

type Fact<T extends IdentityFact['type']> = Extract<IdentityFact, { readonly type: T }>;

/** Reads a fact. */
export const identityFactShape: Shape<IdentityFact> = variant<IdentityFact>('type', {
  REPLACED: where(object<Fact<'REPLACED'>>({ type: oneOf(['REPLACED']), npi: npiShape, by: npiShape, from: plainDate }), ({ npi, by }) => npi !== by, 'INCONSISTENT'),
  SAME_PERSON: where(object<Fact<'SAME_PERSON'>>({ type: oneOf(['SAME_PERSON']), npi: npiShape, other: npiShape }), ({ npi, other }) => npi < other, 'INCONSISTENT'),
  DEACTIVATED: object<Fact<'DEACTIVATED'>>({ type: oneOf(['DEACTIVATED']), npi: npiShape, from: plainDate, reason: oneOf(DEACTIVATION_REASONS) }),
  REACTIVATED: object<Fact<'REACTIVATED'>>({ type: oneOf(['REACTIVATED']), npi: npiShape, from: plainDate }),
  NAMED: where(
    object<Fact<'NAMED'>>({ type: oneOf(['NAMED']), npi: npiShape, name: providerNameShape, from: optional(plainDate), thru: optional(plainDate) }),
    ({ from, thru }) => from === undefined || thru === undefined || from <= thru,
    'INCONSISTENT',
  ),
  DECEASED: object<Fact<'DECEASED'>>({ type: oneOf(['DECEASED']), npi: npiShape, on: plainDate }),
  RETIRED: object<Fact<'RETIRED'>>({ type: oneOf(['RETIRED']), npi: npiShape, from: plainDate }),
});

/** Reads one identity step. */
export const recordIdentityShape: Shape<RecordIdentity> = where(
  object<RecordIdentity>({ type: oneOf(['PROPOSE', 'CONFIRM', 'DISPUTE', 'VOID']), fact: identityFactShape, evidenceHash: optional(sha256Shape) }),
  ({ type, evidenceHash }) => type !== 'PROPOSE' || evidenceHash !== undefined,
  'REQUIRED',
);

/** The numbers that a fact is about. */
export function numbersOf(fact: IdentityFact): readonly Npi[] {
  return fact.type === 'REPLACED' ? [fact.npi, fact.by] : fact.type === 'SAME_PERSON' ? [fact.npi, fact.other] : [fact.npi];
}

/** Where a fact stands: NONE before it was proposed; only CONFIRMED counts, also while somebody doubts it. */
export interface IdentityState {
  readonly state: 'NONE' | 'PROPOSED' | 'CONFIRMED' | 'VOIDED';
  readonly proposer?: string;
  /** Who doubts it. */
  readonly disputer?: string;
}

/** The state of a fact after the event number `knownAt` of its number. */
export function identityState(events: readonly IdentityEvent[], knownAt: number = Number.MAX_SAFE_INTEGER): IdentityState {
  return events.filter(({ sequence }) => sequence <= knownAt).reduce<IdentityState>(step, { state: 'NONE' });
}

/** The confirmed facts of a number, as known at a position. */
export function identityFacts(identity: ProviderIdentity | undefined, knownAt?: number): readonly IdentityFact[] {
  return (identity?.statements ?? []).filter(({ events }) => identityState(events, knownAt).state === 'CONFIRMED').map(({ fact }) => fact);
}

function step({ disputer, ...fold }: IdentityState, { type, mspId }: IdentityEvent): IdentityState {
  const doubt = disputer === undefined ? {} : { disputer };
  switch (type) {
    case 'PROPOSE':
      return { state: 'PROPOSED', proposer: mspId };
    case 'CONFIRM':
      // Whoever doubted it may be convinced; another one's word does not take the doubt away.
      return { ...fold, ...(disputer === mspId ? {} : doubt), state: 'CONFIRMED' };
    case 'DISPUTE':
      return { ...fold, disputer: mspId };
    case 'VOID':
      return { ...fold, ...doubt, state: 'VOIDED' };
  }
}
