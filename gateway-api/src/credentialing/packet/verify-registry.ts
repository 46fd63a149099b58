import { canonicalJson, distinctLicences, documentKey, entryOf, implicitCollection, licenceId, licenceKeyParts, onePerson, principalsNamed, providerStanding, relatedLicences, sourceState, standingFinding, visibleEvents } from '@medaccord/domain';
import type { Clock, CompactFacts, CompactGroup, FoldInput, LicenceEvent, LicenceKey, Npi, ProviderIdentity, ProviderLinks, SourceReport, SourceState, StandingFinding, VerificationBody, VerificationDocument } from '@medaccord/domain';
import type { ChainTransaction } from '../../ledger/blocks/read-chain.js';
import { isBefore, isInvalidForGood, isProved } from './chain-records.js';
import type { Place, Written } from './chain-records.js';
import type { CredentialPacket } from './packet.js';
import type { PacketCheck } from './verify-documents.js';
import type { Finding, PacketFindings } from './verify-packet.js';

/** Records of the registry are written with a majority's signatures; a reader who does not know how many there were then wants two. */
export const FEWEST_ENDORSERS = 2;

/** Checks links and licences: each as the board wrote and signed it, none left out, and what came later. */
export function verifyRegistry(check: PacketCheck): PacketFindings {
  const asked = [...new Set(check.packet.documents.map(({ document }) => document.body.npi))];
  const identities = identitiesAt(asked, { blockNumber: check.packet.through.blockNumber + 1, place: 0 }, check);
  const numbers = [...identities.keys()];
  const findings = [...numbers.flatMap((npi) => [verifyIdentity(npi, check), verifyLinks(npi, check)]), verifyLicences(check), invented(numbers, check)];
  const answers = check.packet.documents.flatMap(({ document }) => (document.kind === 'verification' && document.version === 1 ? answerFaults(document, check) : []));

  return { faults: [...findings.flatMap(({ faults }) => faults), ...answers], later: findings.flatMap(({ later }) => later) };
}

function verifyLinks(npi: Npi, check: PacketCheck): PacketFindings {
  const { packet, records } = check;
  const prefix = compositeKey('provider-links', [npi]);
  const results = records.publicKeys(packet.chaincodes.registry, prefix).map((key): PacketFindings => {
    const writes = records.publicWrites(packet.chaincodes.registry, key);
    const [then, since] = split(writes, packet.through.blockNumber);
    const subject = key.split('\0').filter((part) => part !== '').join('~');
    const told = packet.links.find((one) => compositeKey('provider-links', [one.npi, one.jurisdiction]) === key);
    const isTold = text(then.at(-1)) === (told && canonicalJson(told));

    return { faults: [...(isTold ? [] : [{ code: 'LINK_LEFT_OUT', subject } as const]), ...unproved(then, subject, check)], later: since.map(() => ({ code: 'LATER_LINK', subject })) };
  });

  return { faults: [...results.flatMap(({ faults }) => faults), ...hidden(prefix, `provider-links~${npi}`, check)], later: results.flatMap(({ later }) => later) };
}

/** What was said about who the clinician is, as it stood in the chain, none of it left out. */
function verifyIdentity(npi: Npi, check: PacketCheck): PacketFindings {
  const { packet, records } = check;
  const [key, subject] = [identityKey(npi), `provider-identity~${npi}`];
  const [then, since] = split(records.publicWrites(packet.chaincodes.registry, key), packet.through.blockNumber);
  const told = packet.identities?.find((one) => one.npi === npi);
  const isTold = text(then.at(-1)) === (told && canonicalJson(told));

  return { faults: [...(isTold ? [] : [{ code: 'IDENTITY_LEFT_OUT', subject } as const]), ...unproved(then, subject, check), ...hidden(key, subject, check)], later: since.map(() => ({ code: 'LATER_IDENTITY', subject })) };
}

/** Links of others than the clinician, or of jurisdictions where the chain has none. */
function invented(numbers: readonly Npi[], { packet, records }: PacketCheck): PacketFindings {
  const strange = packet.links.filter(({ npi, jurisdiction }) => !numbers.includes(npi) || records.publicWrites(packet.chaincodes.registry, compositeKey('provider-links', [npi, jurisdiction])).length === 0);

  return { faults: strange.map(({ jurisdiction }) => ({ code: 'LINK_NOT_IN_CHAIN', subject: jurisdiction })), later: [] };
}

function verifyLicences(check: PacketCheck): PacketFindings {
  const { packet } = check;
  const linked = packet.links.flatMap(({ links }) => links.map(({ licence }) => licence));
  const { timelines } = compactsAt(linked, endOf(packet), check);
  const results = distinctLicences([...linked, ...[...timelines.values()].map(({ licence }) => licence)]).map((licence) => verifyLicence(licence, check));
  const invented = packet.licences.filter(({ licence }) => !linked.some((one) => licenceId(one) === licenceId(licence)) && !timelines.has(licenceId(licence)));

  return { faults: [...results.flatMap(({ faults }) => faults), ...invented.map(({ licence }): Finding => ({ code: 'LICENCE_NOT_LINKED', subject: licenceId(licence) }))], later: results.flatMap(({ later }) => later) };
}

function verifyLicence(licence: LicenceKey, check: PacketCheck): PacketFindings {
  const { packet } = check;
  const subject = licenceId(licence);
  const [then, since] = split(eventWrites(licence, check), packet.through.blockNumber);
  const told = packet.licences.find((one) => licenceId(one.licence) === subject)?.events ?? [];
  const isTold = canonicalJson(visibleEvents(then.map(eventOf))) === canonicalJson(told);
  const issuer = then[0]?.transaction.creator.mspId;

  return {
    faults: [...(isTold ? [] : [{ code: 'EVENT_LEFT_OUT', subject } as const]), ...unproved(then, subject, check, issuer), ...hidden(compositeKey('licence-event', licenceKeyParts(licence)), subject, check)],
    later: since.map(() => ({ code: 'LATER_EVENT', subject })),
  };
}

/** Asks anew what the registry was asked, with all that the chain had at that place, and compares the answers. */
function answerFaults(document: VerificationDocument, check: PacketCheck): readonly Finding[] {
  const { finding } = document.body;
  const { packet, records } = check;
  const subject = documentKey(document);
  const transaction = records.privateWrites(packet.chaincodes.claims, implicitCollection(packet.ownerMsp), subject)[0]?.transaction;
  // A document that is not in the chain is told elsewhere.
  if (finding.type !== 'standing' || transaction === undefined) return [];
  const again = answeredAt(document.body, finding.jurisdiction, transaction, check);
  const isRead = keysBehind(again, document.body.npi).every((key) => hasRead(transaction, key, check));
  const isSame = canonicalJson(again) === canonicalJson(finding) && isRead;

  return isSame && isProofOf(document.body, transaction, packet) ? [] : [{ code: 'ANSWER_DIFFERS', subject }];
}

/** What has to be read for an answer about a clinician. */
function keysBehind({ licences, identity = [], jurisdiction }: StandingFinding, npi: Npi): readonly string[] {
  const keys = licences.flatMap(({ licence, related = [] }) => [licence, ...related.map((one) => one.licence)]);

  return [
    ...keys.map((licence) => compositeKey('licence-timeline', licenceKeyParts(licence))),
    ...[npi, ...identity.map((one) => one.npi)].map((number) => compositeKey('provider-links', [number, jurisdiction])),
    ...identity.map((one) => identityKey(one.npi)),
  ];
}

function answeredAt({ npi, asOf }: VerificationBody, jurisdiction: string, before: Place, check: PacketCheck): StandingFinding {
  const identities = identitiesAt([npi], before, check);
  const [links, ...others] = [...identities.keys()].map((number) => valueAt<ProviderLinks>(compositeKey('provider-links', [number, jurisdiction]), before, check));
  const otherLinks = others.filter((document) => document !== undefined);
  const licences = [links, ...otherLinks].flatMap((document) => document?.links.map(({ licence }) => licence) ?? []);
  const compacts = compactsAt(licences, before, check);
  const facts = { registered: true, links, otherLinks, identities, ...compacts, sources: sourcesAt(compacts, before, check) };

  return standingFinding(jurisdiction, providerStanding({ npi, jurisdiction, from: asOf, thru: asOf }, facts));
}

/** Licences and those that compacts related to them at a place of the chain, with who had named whom. */
function compactsAt(licences: readonly LicenceKey[], before: Place, check: PacketCheck): Required<Pick<CompactFacts, 'timelines' | 'groups'>> {
  const own = licences.map((licence) => foldInput(licence, before, check));
  const principals = own.flatMap(({ licence, entries }) => [licence, ...principalsNamed(licence, entries)]);
  const groups = new Map(principals.flatMap((principal) => {
    const group = valueAt<CompactGroup>(compositeKey('compact-group', licenceKeyParts(principal)), before, check);

    return group === undefined ? [] : [[licenceId(principal), group] as const];
  }));
  const related = own.flatMap((input) => relatedLicences(input, groups) ?? []).map((licence) => foldInput(licence, before, check)).filter(({ entries }) => entries.length > 0);

  return { timelines: new Map([...related, ...own].map((input) => [licenceId(input.licence), input])), groups };
}

/** The numbers of these persons at a place in the chain, the asked ones first, with what was said about each. */
function identitiesAt(asked: readonly Npi[], before: Place, check: PacketCheck): ReadonlyMap<Npi, ProviderIdentity | undefined> {
  const identities = new Map<Npi, ProviderIdentity | undefined>();
  for (let unread = asked; unread.length > 0; unread = asked.flatMap((npi) => onePerson(npi, identities)).filter((npi) => !identities.has(npi))) {
    for (const npi of unread) identities.set(npi, valueAt<ProviderIdentity>(identityKey(npi), before, check));
  }

  return identities;
}

function identityKey(npi: Npi): string {
  return compositeKey('provider-identity', [npi]);
}

function hasRead({ effects }: ChainTransaction, key: string, { packet }: PacketCheck): boolean {
  return effects.some(({ namespace, reads }) => namespace === packet.chaincodes.registry && reads.some((one) => one.key === key));
}

function isProofOf({ ledgerProof }: VerificationBody, { txId }: ChainTransaction, { channel }: CredentialPacket): boolean {
  return ledgerProof?.txId === txId && ledgerProof.channel === channel;
}

function foldInput(licence: LicenceKey, before: Place, check: PacketCheck): FoldInput {
  const events = eventWrites(licence, check).filter(({ transaction }) => isBefore(transaction, before)).map(eventOf);

  return { licence, entries: events.map(entryOf) };
}

/** After all that a packet takes into account. */
function endOf({ through }: CredentialPacket): Place {
  return { blockNumber: through.blockNumber + 1, place: 0 };
}

/** Each event has a key of its own, written once; their order is that of the keys. */
function eventWrites(licence: LicenceKey, { packet, records }: PacketCheck): readonly Written<Uint8Array | undefined>[] {
  const keys = records.publicKeys(packet.chaincodes.registry, compositeKey('licence-event', licenceKeyParts(licence)));

  return keys.flatMap((key) => records.publicWrites(packet.chaincodes.registry, key));
}

/** An event as the board's transaction wrote it; that it did is checked apart. */
function eventOf(written: Written<Uint8Array | undefined>): LicenceEvent {
  return JSON.parse(text(written) ?? '{}') as LicenceEvent;
}

/** How fresh each board's word was, by its own reports and the consortium's clock. */
function sourcesAt({ timelines }: Pick<CompactFacts, 'timelines'>, before: Place, check: PacketCheck): ReadonlyMap<string, SourceState> {
  const clock = valueAt<Clock>(compositeKey('clock', ['consortium']), before, check);
  const boards = [...new Set([...timelines.values()].map(({ licence }) => licence.board))];
  const states = boards.map((board) => [board, sourceState(valueAt<SourceReport>(compositeKey('source-report', [board]), before, check), clock?.time)] as const);

  return new Map(states.flatMap(([board, state]) => (state === undefined ? [] : [[board, state]])));
}

/** What stood under a key of the registry; each is checked as far as it matters. */
// eslint-disable-next-line @typescript-eslint/no-unnecessary-type-parameters -- the key says which record it is
function valueAt<T>(key: string, before: Place, { packet, records }: PacketCheck): T | undefined {
  return recordOf<T>(records.publicWrites(packet.chaincodes.registry, key).filter(({ transaction }) => isBefore(transaction, before)).at(-1));
}

/** A record as it was written; undefined where it was not, or was deleted. */
// eslint-disable-next-line @typescript-eslint/no-unnecessary-type-parameters -- the key says which record it is
export function recordOf<T>(written: Written<Uint8Array | undefined> | undefined): T | undefined {
  const value = text(written);

  return value === undefined ? undefined : (JSON.parse(value) as T);
}

function unproved(writes: readonly Written<unknown>[], subject: string, { roots }: PacketCheck, creator?: string): readonly Finding[] {
  const expected = { ...(creator === undefined ? {} : { creator }), endorsers: (organisations: ReadonlySet<string>) => organisations.size >= FEWEST_ENDORSERS };

  return writes.filter(({ transaction }) => !isProved(transaction, roots, expected)).map(() => ({ code: 'TRANSACTION_UNPROVED', subject }));
}

function hidden(prefix: string, subject: string, { packet, records }: PacketCheck): readonly Finding[] {
  return records.invalidPublic(packet.chaincodes.registry, prefix).filter((one) => !isInvalidForGood(one)).map(() => ({ code: 'MARKED_INVALID_WITHOUT_REASON', subject }));
}

function split<V>(writes: readonly Written<V>[], through: number): readonly [readonly Written<V>[], readonly Written<V>[]] {
  return [writes.filter(({ transaction }) => transaction.blockNumber <= through), writes.filter(({ transaction }) => transaction.blockNumber > through)];
}

function text(written: Written<Uint8Array | undefined> | undefined): string | undefined {
  return written?.value === undefined ? undefined : Buffer.from(written.value).toString('utf8');
}

/** As chaincode makes composite keys. */
export function compositeKey(objectType: string, parts: readonly string[]): string {
  return ['', objectType, ...parts, ''].join('\0');
}
