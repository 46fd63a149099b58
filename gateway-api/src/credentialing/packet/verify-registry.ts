import { canonicalJson, classOf, distinctLicences, documentKey, implicitCollection, licenceId, licenceKeyParts, standingFinding, visibleEvents } from '@medaccord/domain';
import type { LicenceKey, Npi, StandingFinding, VerificationBody, VerificationDocument } from '@medaccord/domain';
import type { ChainTransaction } from '../../ledger/blocks/read-chain.js';
import type { Place, Written } from '../../ledger/blocks/chain-records.js';
import type { CredentialPacket } from './packet.js';
import { compositeKey, eventOf, identityKey, RegistryRecords, textOf } from '../../ledger/blocks/registry-records.js';
import type { PacketCheck } from './verify-documents.js';
import type { Finding, PacketFindings } from './verify-packet.js';

/** Checks links and licences: each as the board wrote and signed it, none left out, and what came later. */
export function verifyRegistry(check: PacketCheck): PacketFindings {
  const asked = [...new Set(check.packet.documents.map(({ document }) => document.body.npi))];
  const identities = registryOf(check).identities(asked, endOf(check.packet));
  const numbers = [...identities.keys()];
  const findings = [...numbers.flatMap((npi) => [verifyIdentity(npi, check), verifyLinks(npi, check)]), verifyLicences(check), invented(numbers, check)];
  const answers = check.packet.documents.flatMap(({ document }) => (document.kind === 'verification' && document.version === 1 ? answerFaults(document, check) : []));

  return { faults: [...findings.flatMap(({ faults }) => faults), ...answers], later: findings.flatMap(({ later }) => later) };
}

function verifyLinks(npi: Npi, check: PacketCheck): PacketFindings {
  const { packet } = check;
  const registry = registryOf(check);
  const prefix = compositeKey('provider-links', [npi]);
  const results = registry.keys(prefix).map((key): PacketFindings => {
    const [then, since] = split(registry.writes(key), packet.through.blockNumber);
    const subject = key.split('\0').filter((part) => part !== '').join('~');
    const told = packet.links.find((one) => compositeKey('provider-links', [one.npi, one.jurisdiction]) === key);
    const isTold = textOf(then.at(-1)) === (told && canonicalJson(told));

    return { faults: [...(isTold ? [] : [{ code: 'LINK_LEFT_OUT', subject } as const]), ...unproved(then, subject, check)], later: since.map(() => ({ code: 'LATER_LINK', subject })) };
  });

  return { faults: [...results.flatMap(({ faults }) => faults), ...hidden(prefix, `provider-links~${npi}`, check)], later: results.flatMap(({ later }) => later) };
}

/** What was said about who the clinician is, as it stood in the chain, none of it left out. */
function verifyIdentity(npi: Npi, check: PacketCheck): PacketFindings {
  const { packet } = check;
  const [key, subject] = [identityKey(npi), `provider-identity~${npi}`];
  const [then, since] = split(registryOf(check).writes(key), packet.through.blockNumber);
  const told = packet.identities?.find((one) => one.npi === npi);
  const isTold = textOf(then.at(-1)) === (told && canonicalJson(told));

  return { faults: [...(isTold ? [] : [{ code: 'IDENTITY_LEFT_OUT', subject } as const]), ...unproved(then, subject, check), ...hidden(key, subject, check)], later: since.map(() => ({ code: 'LATER_IDENTITY', subject })) };
}

/** Links of others than the clinician, or of jurisdictions where the chain has none. */
function invented(numbers: readonly Npi[], check: PacketCheck): PacketFindings {
  const strange = check.packet.links.filter(({ npi, jurisdiction }) => !numbers.includes(npi) || registryOf(check).writes(compositeKey('provider-links', [npi, jurisdiction])).length === 0);

  return { faults: strange.map(({ jurisdiction }) => ({ code: 'LINK_NOT_IN_CHAIN', subject: jurisdiction })), later: [] };
}

function verifyLicences(check: PacketCheck): PacketFindings {
  const { packet } = check;
  const linked = packet.links.flatMap(({ links }) => links.map(({ licence }) => licence));
  const { timelines } = registryOf(check).withRelated(linked, endOf(packet));
  const concerned = distinctLicences([...linked, ...[...timelines.values()].map(({ licence }) => licence)]);
  const results = [...concerned.map((licence) => verifyLicence(licence, check)), ...distinctLicences(concerned.map(classOf)).map((one) => verifyClass(one, check))];
  const invented = packet.licences.filter(({ licence }) => !linked.some((one) => licenceId(one) === licenceId(licence)) && !timelines.has(licenceId(licence)));

  return { faults: [...results.flatMap(({ faults }) => faults), ...invented.map(({ licence }): Finding => ({ code: 'LICENCE_NOT_LINKED', subject: licenceId(licence) }))], later: results.flatMap(({ later }) => later) };
}

function verifyLicence(licence: LicenceKey, check: PacketCheck): PacketFindings {
  const { packet } = check;
  const subject = licenceId(licence);
  const [then, since] = split(registryOf(check).eventWrites(licence), packet.through.blockNumber);
  const told = packet.licences.find((one) => licenceId(one.licence) === subject)?.events ?? [];
  const isTold = canonicalJson(visibleEvents(then.map(eventOf))) === canonicalJson(told);
  const issuer = then[0]?.transaction.creator.mspId;

  return {
    faults: [...(isTold ? [] : [{ code: 'EVENT_LEFT_OUT', subject } as const]), ...unproved(then, subject, check, issuer), ...hidden(compositeKey('licence-event', licenceKeyParts(licence)), subject, check)],
    later: since.map(() => ({ code: 'LATER_EVENT', subject })),
  };
}

/** Orders about the whole class are not in the packet; an answer is computed anew with what the chain has of them. */
function verifyClass(key: LicenceKey, check: PacketCheck): PacketFindings {
  const subject = licenceId(key);
  const [then, since] = split(registryOf(check).eventWrites(key), check.packet.through.blockNumber);

  return {
    faults: [...unproved(then, subject, check, then[0]?.transaction.creator.mspId), ...hidden(compositeKey('licence-event', licenceKeyParts(key)), subject, check)],
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
  return standingFinding(jurisdiction, registryOf(check).standing({ npi, jurisdiction, from: asOf, thru: asOf }, before));
}

function hasRead({ effects }: ChainTransaction, key: string, { packet }: PacketCheck): boolean {
  return effects.some(({ namespace, reads }) => namespace === packet.chaincodes.registry && reads.some((one) => one.key === key));
}

function isProofOf({ ledgerProof }: VerificationBody, { txId }: ChainTransaction, { channel }: CredentialPacket): boolean {
  return ledgerProof?.txId === txId && ledgerProof.channel === channel;
}

function registryOf({ packet, records, roots }: PacketCheck): RegistryRecords {
  return new RegistryRecords(records, packet.chaincodes.registry, roots);
}

function unproved(writes: readonly Written<unknown>[], subject: string, check: PacketCheck, creator?: string): readonly Finding[] {
  return writes.filter((written) => !registryOf(check).isProved(written, creator)).map(() => ({ code: 'TRANSACTION_UNPROVED', subject }));
}

function hidden(prefix: string, subject: string, check: PacketCheck): readonly Finding[] {
  return Array.from({ length: registryOf(check).hidden(prefix) }, () => ({ code: 'MARKED_INVALID_WITHOUT_REASON', subject }));
}

function split<V>(writes: readonly Written<V>[], through: number): readonly [readonly Written<V>[], readonly Written<V>[]] {
  return [writes.filter(({ transaction }) => transaction.blockNumber <= through), writes.filter(({ transaction }) => transaction.blockNumber > through)];
}

/** Behind everything that the packet takes into account. */
function endOf({ through }: CredentialPacket): Place {
  return { blockNumber: through.blockNumber + 1, place: 0 };
}
