import { DomainError } from '../shared/errors.js';
import { eachItem } from '../shared/item-outcome.js';
import type { ItemOutcome } from '../shared/item-outcome.js';
import { present } from '../shared/present.js';
import type { Npi } from '../shared/ids.js';
import type { RegistryExecution } from '../members/registry-execution.js';
import { licenceId } from '../licences/licence-key.js';
import type { LicenceId, LicenceKey } from '../licences/licence-key.js';
import type { PublicEvent } from '../licences/registry-event.js';
import { linkJurisdiction, linkProviderLicenceShape, linkState, MOST_LINK_EVENTS, MOST_LINKS } from './provider-links.js';
import type { LinkEvent, LinkEventType, LinkProviderLicence, LinkState, ProviderLink, ProviderLinks } from './provider-links.js';

/** What a batch of link steps needs to know. */
export interface LinkContext {
  /** By `linksKey`. */
  readonly links: ReadonlyMap<string, ProviderLinks>;
  /** MSP ids of the issuers of the licences that exist. */
  readonly issuers: ReadonlyMap<LicenceId, string>;
  readonly providers: ReadonlySet<Npi>;
}

export type LinkOutcome = ItemOutcome<'PROPOSED' | 'CONFIRMED' | 'DISPUTED'>;

/** The outcome of each item, and the documents that changed. */
export interface LinkedLicences {
  readonly outcomes: readonly LinkOutcome[];
  readonly changed: readonly ProviderLinks[];
  readonly events: readonly PublicEvent[];
}

/** Names the document that holds a provider's links in a jurisdiction. */
export function linksKey(npi: Npi, jurisdiction: string): string {
  return `${npi}~${jurisdiction}`;
}

/** Takes each step of the batch; who may take which is told at `LinkEventType`. */
export function linkProviderLicences(items: readonly unknown[], context: LinkContext, execution: RegistryExecution): LinkedLicences {
  const links = new Map(context.links);
  const changed = new Map<string, ProviderLinks>();
  const events: PublicEvent[] = [];
  const outcomes = eachItem<LinkProviderLicence, 'PROPOSED' | 'CONFIRMED' | 'DISPUTED'>(items, linkProviderLicenceShape, (item) => {
    const jurisdiction = linkJurisdiction(item);
    const key = linksKey(item.npi, jurisdiction);
    const id = [item.npi, licenceId(item.licence), ...(jurisdiction === item.licence.jurisdiction ? [] : [jurisdiction])].join('~');
    const link = linkOf(links.get(key), item.licence);
    const event = nextEvent(link, item, context, execution);
    if (event === undefined) return { outcome: 'ALREADY_RECORDED', id };
    const after: ProviderLink = { licence: item.licence, events: [...link.events, event] };
    const document = withLink(links.get(key), { npi: item.npi, jurisdiction }, after);
    links.set(key, document);
    changed.set(key, document);
    events.push({ type: 'provider-link.changed.v1', id, position: event.sequence });
    return { outcome: outcomeOf(linkState(after.events)), id };
  });
  return { outcomes, changed: [...changed.values()], events };
}

/** The items of a batch that are well formed: what has to be looked up before it can be decided. */
export function linksNamedIn(items: readonly unknown[]): readonly LinkProviderLicence[] {
  const named: LinkProviderLicence[] = [];
  eachItem<LinkProviderLicence, 'PROPOSED'>(items, linkProviderLicenceShape, (item) => {
    named.push(item);
    return { outcome: 'PROPOSED', id: item.npi };
  });
  return named;
}

function linkOf(document: ProviderLinks | undefined, licence: LicenceKey): ProviderLink {
  return document?.links.find((link) => licenceId(link.licence) === licenceId(licence)) ?? { licence, events: [] };
}

/** The event that the step makes; undefined where the link already says so. */
function nextEvent(link: ProviderLink, item: LinkProviderLicence, context: LinkContext, execution: RegistryExecution): LinkEvent | undefined {
  const issuer = context.issuers.get(licenceId(item.licence));
  if (issuer === undefined) throw new DomainError('LICENCE_NOT_FOUND');
  if (!context.providers.has(item.npi)) throw new DomainError('PROVIDER_NOT_FOUND');
  const { member, unit, subject } = execution.actor;
  const byBoard = member.mspId === issuer;
  assertMaySpeak(item, byBoard, unit);
  if (!isNews(link, item.type, member.mspId, byBoard)) return undefined;
  const last = link.events.at(-1);
  if (link.events.length >= MOST_LINK_EVENTS) throw new DomainError('TOO_MANY_LINKS');
  if (last !== undefined && execution.now < last.recordedAt) throw new DomainError('RECORDED_TIME_DECREASES');
  return {
    sequence: link.events.length + 1,
    type: item.type,
    mspId: member.mspId,
    byBoard,
    ...present('evidenceHash', item.evidenceHash),
    recordedAt: execution.now,
    subject,
    txId: execution.txId,
  };
}

/** A board speaks with its own certificates; where a licence counts elsewhere, nobody else speaks at all. */
function assertMaySpeak(item: LinkProviderLicence, byBoard: boolean, unit: string | undefined): void {
  if (!byBoard && linkJurisdiction(item) !== item.licence.jurisdiction) throw new DomainError('FORBIDDEN_ORGANISATION');
  if (byBoard && unit !== undefined && unit !== item.licence.board) throw new DomainError('FORBIDDEN_UNIT');
}

function isNews(link: ProviderLink, type: LinkEventType, mspId: string, byBoard: boolean): boolean {
  const state = linkState(link.events);
  if (byBoard) return boardHasNews(link, type, state);
  if (type === 'ASSERT') throw new DomainError('FORBIDDEN_ORGANISATION');
  if (link.events.some((event) => event.byBoard)) return afterTheBoard(type, state);
  switch (type) {
    case 'PROPOSE':
      return proposes(state);
    case 'CONFIRM':
      return confirms(link, mspId, state);
    case 'DISPUTE':
      return disputes(state);
  }
}

function boardHasNews(link: ProviderLink, type: LinkEventType, state: LinkState): boolean {
  if (type === 'PROPOSE') throw new DomainError('LINK_NOT_OPEN', { state });
  if (type !== 'ASSERT' && state === 'NONE') throw new DomainError('LINK_NOT_FOUND');
  const saidSo = link.events.at(-1)?.byBoard === true;
  return !saidSo || (type === 'DISPUTE') !== (state === 'DISPUTED');
}

/** The board has the last word: others can only repeat it. */
function afterTheBoard(type: LinkEventType, state: LinkState): boolean {
  if (state !== 'CONFIRMED' || type === 'DISPUTE') throw new DomainError('LINK_NOT_OPEN', { state });
  return false;
}

function proposes(state: LinkState): boolean {
  if (state === 'DISPUTED') throw new DomainError('LINK_NOT_OPEN', { state });
  return state === 'NONE';
}

function confirms(link: ProviderLink, mspId: string, state: LinkState): boolean {
  if (state === 'NONE') throw new DomainError('LINK_NOT_FOUND');
  if (state === 'DISPUTED') throw new DomainError('LINK_NOT_OPEN', { state });
  if (state === 'CONFIRMED') return false;
  if (link.events.some((event) => event.type === 'PROPOSE' && event.mspId === mspId)) throw new DomainError('LINK_CONFIRMER_IS_PROPOSER');
  return true;
}

function disputes(state: LinkState): boolean {
  if (state === 'NONE') throw new DomainError('LINK_NOT_FOUND');
  return state !== 'DISPUTED';
}

function outcomeOf(state: LinkState): 'PROPOSED' | 'CONFIRMED' | 'DISPUTED' {
  if (state === 'NONE') throw new DomainError('UNEXPECTED_FAULT', { state });
  return state;
}

function withLink(document: ProviderLinks | undefined, place: Pick<ProviderLinks, 'npi' | 'jurisdiction'>, link: ProviderLink): ProviderLinks {
  const others = document?.links.filter((one) => licenceId(one.licence) !== licenceId(link.licence)) ?? [];
  if (others.length >= MOST_LINKS) throw new DomainError('TOO_MANY_LINKS');
  const links = [...others, link].sort((left, right) => (licenceId(left.licence) < licenceId(right.licence) ? -1 : 1));
  return { schema: 'provider-links/v1', ...place, links };
}
