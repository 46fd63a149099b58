import { present } from '@medaccord/domain';
import type { ClaimPatient, ClaimProvider, ClaimSubscriber } from '@medaccord/domain';
import type { Loop, PartyLoop } from './claim-loops.js';
import { element } from './segment.js';
import type { Segment } from './segment.js';
import { optionalTextOf, textOf } from './unreadable.js';
import { plainDate } from './values.js';

const LONGEST_NAME = 200;

/** The first party in these loops with one of these entity codes (NM101), in the order of the codes. */
export function partyOf(loops: readonly (Loop | undefined)[], ...codes: readonly string[]): PartyLoop | undefined {
  const parties = loops.flatMap((loop) => loop?.parties ?? []);

  return codes.map((code) => parties.find(({ name }) => element(name, 1) === code)).find((party) => party !== undefined);
}

/** A provider loop; absent elements stay absent, and the front end says what that means. */
export function providerOf(party: PartyLoop, levelTaxonomy?: string): ClaimProvider {
  const { name } = party;
  const person = element(name, 2) === '1';
  const taxId = reference(party, 'EI') ?? reference(party, 'SY') ?? (['24', '34'].includes(element(name, 8)) ? optionalTextOf(name, 9) : undefined);

  return {
    entity: person ? 'person' : 'organisation',
    ...present('npi', element(name, 8) === 'XX' ? optionalTextOf(name, 9) : undefined),
    ...present('name', providerName(name, person)),
    ...present('taxonomy', optionalTextOf(find(party.segments, 'PRV'), 3) ?? levelTaxonomy),
    ...present('taxId', taxId),
    ...present('state', stateOf(party)),
  };
}

/** Billing provider (2010AA with 2000A). A claim without one names an organisation of which nothing is known. */
export function billingProviderOf(level: Loop | undefined): ClaimProvider {
  const party = partyOf([level], '85');

  return party === undefined ? { entity: 'organisation' } : providerOf(party, optionalTextOf(find(level?.segments, 'PRV'), 3));
}

/** Subscriber (2000B with 2010BA). */
export function subscriberOf(level: Loop | undefined): ClaimSubscriber {
  const party = partyOf([level], 'IL');
  const sbr = find(level?.segments, 'SBR');

  return {
    memberId: party === undefined ? '' : textOf(party.name, 9),
    familyName: party === undefined ? '' : textOf(party.name, 3),
    ...personOf(party),
    ...present('groupNumber', optionalTextOf(sbr, 3)),
    payerSequence: sequenceOf(sbr),
    ...present('filingIndicator', optionalTextOf(sbr, 9)),
  };
}

/** Patient (2000C with 2010CA) where it is not the subscriber. */
export function patientOf(level: Loop | undefined): ClaimPatient | undefined {
  if (level === undefined) return undefined;
  const party = partyOf([level], 'QC');

  return {
    relationship: optionalTextOf(find(level.segments, 'PAT'), 1) ?? '',
    familyName: party === undefined ? '' : textOf(party.name, 3),
    ...personOf(party),
  };
}

type Person = Pick<ClaimPatient, 'givenName' | 'birthDate' | 'sex' | 'state'>;

function personOf(party: PartyLoop | undefined): Person {
  if (party === undefined) return {};
  const dmg = find(party.segments, 'DMG');
  const sex = (['F', 'M', 'U'] as const).find((code) => dmg !== undefined && element(dmg, 3) === code);

  return {
    ...present('givenName', optionalTextOf(party.name, 4)),
    ...present('birthDate', dmg === undefined ? undefined : dateOrText(dmg, 2)),
    ...present('sex', sex),
    ...present('state', stateOf(party)),
  };
}

/** A date in the domain's form; a value that is no date stays as it is, so that the front end can reject it. */
function dateOrText(segment: Segment, elementNumber: number): string | undefined {
  const text = optionalTextOf(segment, elementNumber);

  return text === undefined ? undefined : (plainDate(text) ?? text);
}

/** `Family, Given` of a person, the name of an organisation. */
function providerName(name: Segment, person: boolean): string | undefined {
  const [family, given] = [textOf(name, 3, LONGEST_NAME), textOf(name, 4, LONGEST_NAME)];
  const whole = person && given !== '' ? `${family}, ${given}`.slice(0, LONGEST_NAME) : family;

  return whole === '' ? undefined : whole;
}

/** Primary, secondary, tertiary; the standard's A to H and anything else are later payers. */
export function sequenceOf(sbr: Segment | undefined): ClaimSubscriber['payerSequence'] {
  const code = sbr === undefined ? 'P' : element(sbr, 1);

  return (['P', 'S', 'T'] as const).find((known) => known === code) ?? 'U';
}

function stateOf(party: PartyLoop): string | undefined {
  return optionalTextOf(find(party.segments, 'N4'), 2);
}

function reference(party: PartyLoop, qualifier: string): string | undefined {
  return optionalTextOf(findReference(party.segments, qualifier), 2);
}

/** The first REF with this qualifier. */
export function findReference(segments: readonly Segment[], qualifier: string): Segment | undefined {
  return segments.find((segment) => segment.id === 'REF' && element(segment, 1) === qualifier);
}

/** The first DTP with this qualifier. */
export function findDate(segments: readonly Segment[], qualifier: string): Segment | undefined {
  return segments.find((segment) => segment.id === 'DTP' && element(segment, 1) === qualifier);
}

/** The first segment with this id. */
export function find(segments: readonly Segment[] | undefined, id: string): Segment | undefined {
  return segments?.find((segment) => segment.id === id);
}
