import type { Instant } from '../shared/dates.js';
import type { Npi } from '../shared/ids.js';
import { npiShape, object, oneOf, optional, sha256Shape } from '../shared/parse.js';
import type { Shape } from '../shared/parse.js';
import { jurisdictionShape, licenceKeyShape } from '../licences/licence-key.js';
import type { LicenceKey } from '../licences/licence-key.js';

/**
 * ASSERT: the board says that the NPI holds the licence. PROPOSE: a hospital or an insurer says so, with evidence.
 * CONFIRM: the board, or an organisation other than the proposer, agrees. DISPUTE: the link is wrong.
 */
export type LinkEventType = 'ASSERT' | 'PROPOSE' | 'CONFIRM' | 'DISPUTE';

/** One step in the life of a link. */
export interface LinkEvent {
  /** Position in the link's events, from 1 without gaps. */
  readonly sequence: number;
  readonly type: LinkEventType;
  readonly mspId: string;
  /** Whether the organisation was the one whose board issued the licence. */
  readonly byBoard: boolean;
  /** SHA-256 in hexadecimal over salt and evidence, which stays with the organisation. */
  readonly evidenceHash?: string;
  readonly recordedAt: Instant;
  readonly subject: string;
  readonly txId: string;
}

/** Whether a licence is the provider's. Only CONFIRMED gives the provider any standing. */
export type LinkState = 'NONE' | 'PROPOSED' | 'CONFIRMED' | 'DISPUTED';

/** A licence and what was said about the provider's holding it. */
export interface ProviderLink {
  readonly licence: LicenceKey;
  readonly events: readonly LinkEvent[];
}

/** All links of a provider in one jurisdiction, under one key: a new link is a change of what a standing query read. */
export interface ProviderLinks {
  readonly schema: 'provider-links/v1';
  readonly npi: Npi;
  readonly jurisdiction: string;
  /** In the order of the licences' ids. */
  readonly links: readonly ProviderLink[];
}

/** Bounds of one key; a provider with more licences in one jurisdiction, or a longer quarrel, does not occur. */
export const MOST_LINKS = 16;
export const MOST_LINK_EVENTS = 32;

/** One link step of a batch. */
export interface LinkProviderLicence {
  readonly type: LinkEventType;
  readonly npi: Npi;
  readonly licence: LicenceKey;
  /**
   * Another state in which the licence counts, by a compact's multistate privilege. Its own board alone says so: the other
   * state's word for the holder ("expired here, active elsewhere") proves nothing.
   */
  readonly countsIn?: string;
  readonly evidenceHash?: string;
}

/** The jurisdiction among whose links a step belongs. */
export function linkJurisdiction({ licence, countsIn }: Pick<LinkProviderLicence, 'licence' | 'countsIn'>): string {
  return countsIn ?? licence.jurisdiction;
}

/** Reads one link step. */
export const linkProviderLicenceShape: Shape<LinkProviderLicence> = object<LinkProviderLicence>({
  type: oneOf(['ASSERT', 'PROPOSE', 'CONFIRM', 'DISPUTE']),
  npi: npiShape,
  licence: licenceKeyShape,
  countsIn: optional(jurisdictionShape),
  evidenceHash: optional(sha256Shape),
});

/**
 * The state of a link after its event number `knownAt`. The board's word ends the matter either way. Where the board has
 * not spoken, two organisations confirm a link and any one of them can put it in doubt; then only the board restores it.
 */
export function linkState(events: readonly LinkEvent[], knownAt: number = Number.MAX_SAFE_INTEGER): LinkState {
  return events.filter(({ sequence }) => sequence <= knownAt).reduce<Fold>(step, { state: 'NONE', boardSpoke: false }).state;
}

interface Fold {
  readonly state: LinkState;
  readonly boardSpoke: boolean;
}

function step(fold: Fold, event: LinkEvent): Fold {
  if (event.byBoard) return { state: event.type === 'DISPUTE' ? 'DISPUTED' : 'CONFIRMED', boardSpoke: true };
  if (fold.boardSpoke) return fold;
  return { state: event.type === 'DISPUTE' ? 'DISPUTED' : event.type === 'PROPOSE' ? 'PROPOSED' : 'CONFIRMED', boardSpoke: false };
}
