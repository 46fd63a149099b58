import { attestationStatus, ATTESTATION_PURPOSES, canonicalJson, classOf, compared, DomainError, licenceId, licenceKeyParts, licenceOf } from '@medaccord/domain';
import type { AttestedStanding, ComparedStanding, IssuerKey, LicenceAttestation, LicenceKey, LicencePeriod, LicenceStanding, PlainDate, StandingQuery } from '@medaccord/domain';
import { ChainRecords } from '../../ledger/blocks/chain-records.js';
import { compositeKey, identityKey, RegistryRecords } from '../../ledger/blocks/registry-records.js';
import { readChain } from '../../ledger/blocks/read-chain.js';
import type { RootCertificates } from '../../ledger/blocks/root-certificates.js';
import type { VerificationMethod } from '../did-document.js';
import { digestOf } from '../earlier-list.js';
import { CHANGE_OF } from './evidence.js';
import type { AttestationChange, AttestationFinding, Evidence } from './evidence.js';
import { keyFault } from './verify-signature.js';

/** The consortium's blocks, as any member gives them, and whom the verifier trusts. */
export interface Chain {
  readonly blocks: readonly Uint8Array[];
  readonly roots: RootCertificates;
  /** Name of the chaincode with licences and keys. */
  readonly registry: string;
}

/** What the blocks say beyond the published documents. */
export interface ChainFindings {
  readonly faults: readonly AttestationFinding[];
  readonly changes: readonly AttestationFinding<AttestationChange>[];
  readonly lookedThrough: number;
}

interface Check {
  readonly jwt: string;
  readonly attestation: LicenceAttestation;
  readonly method: VerificationMethod;
  readonly registry: RegistryRecords;
  readonly evidence: Evidence;
}

/** Checks an attestation against the ledger itself: the key, the standing as it was known, and what is known now. */
export function verifyInChain(jwt: string, { attestation, method }: Pick<Check, 'attestation' | 'method'>, evidence: Evidence, chain: Chain): ChainFindings {
  const read = readChain(chain.blocks, chain.roots);
  const { channel } = attestation.credentialSubject.ledger;
  const records = new ChainRecords({ transactions: read.transactions.filter((transaction) => transaction.channel === channel) });
  const check = { jwt, attestation, method, registry: new RegistryRecords(records, chain.registry, chain.roots), evidence };
  const broken = read.faults.map(({ code, block }): AttestationFinding => ({ code: 'CHAIN_NOT_BELIEVED', subject: `${code} block ${block}` }));

  return { faults: [...broken, ...keyFaults(check), ...recordFaults(check), ...standingFaults(check)], changes: changesSince(check), lookedThrough: read.blocks.length - 1 };
}

/** The board itself introduced the key under this identifier, and the ledger's word on its revocation counts. */
function keyFaults({ jwt, attestation, method, registry, evidence }: Check): readonly AttestationFinding[] {
  const { board } = attestation.credentialSubject.ledger;
  const key = compositeKey('issuer-key', [board, method.publicKeyJwk.kid]);
  const record = registry.value<IssuerKey>(key);
  const { kty, crv, x, y } = method.publicKeyJwk;
  if (record?.did !== evidence.issuer || canonicalJson(record.publicKey) !== canonicalJson({ kty, crv, x, y })) return [{ code: 'KEY_NOT_IN_CHAIN', subject: method.id }];
  if (!registry.writes(key).every((written) => registry.isProved(written, board))) return [{ code: 'TRANSACTION_UNPROVED', subject: method.id }];
  const fault = keyFault(digestOf(jwt), attestation.validFrom, record, evidence);

  return fault === undefined ? [] : [{ code: fault, subject: method.id }];
}

/** The licence's events are its board's; links and who the person is are signed by enough; nothing is hidden behind a mark. */
function recordFaults({ attestation, registry }: Check): readonly AttestationFinding[] {
  const { npi, licence, ledger, standing } = attestation.credentialSubject;
  const subject = licenceId(licence);
  const links = [...new Set([npi, standing.npi ?? npi])].map((number) => compositeKey('provider-links', [number, licence.jurisdiction]));
  const related = (standing.related ?? []).map((one) => compositeKey('licence-event', licenceKeyParts(one.licence)));
  const others = [...links, ...related, ...(standing.identity ?? []).map((one) => identityKey(one.npi))];
  const events = [licence, classOf(licence)].map((key) => compositeKey('licence-event', licenceKeyParts(key)));
  const own = [licence, classOf(licence)].flatMap((key) => registry.eventWrites(key));
  const isProved = own.every((written) => registry.isProved(written, ledger.board)) && others.flatMap((prefix) => registry.writesUnder(prefix)).every((written) => registry.isProved(written));

  return [
    ...(isProved ? [] : [{ code: 'TRANSACTION_UNPROVED', subject } as const]),
    ...([...events, ...others].some((prefix) => registry.hidden(prefix) > 0) ? [{ code: 'MARKED_INVALID_WITHOUT_REASON', subject } as const] : []),
  ];
}

/** What was attested is what the events of then come to. */
function standingFaults(check: Check): readonly AttestationFinding[] {
  const { standing, licence } = check.attestation.credentialSubject;
  const period = standingThen(check);
  const isSame = period !== undefined && canonicalJson({ ...compared(period), provenance: period.provenance }) === canonicalJson({ ...compared(standing), provenance: standing.provenance });

  return isSame ? [] : [{ code: 'STANDING_NOT_IN_CHAIN', subject: licenceId(licence) }];
}

/** Undefined where the blocks do not have what the attestation names. */
function standingThen(check: Check): LicencePeriod | undefined {
  const { standing } = check.attestation.credentialSubject;
  try {
    return standingOn(check, standing.asOf, standing)?.periods[0];
  } catch (error) {
    if (error instanceof DomainError && error.code === 'LICENCE_NOT_FOUND') return undefined;
    throw error;
  }
}

/** What has become of it by all events in the blocks. */
function changesSince(check: Check): readonly AttestationFinding<AttestationChange>[] {
  const { standing, licence } = check.attestation.credentialSubject;
  const now: ComparedStanding | undefined = standingOn(check, check.evidence.now.slice(0, 10))?.periods[0];
  const status = attestationStatus(standing, now);

  return ATTESTATION_PURPOSES.filter((purpose) => status[purpose]).map((purpose) => ({ code: CHANGE_OF[purpose], subject: `${licenceId(licence)} in the blocks` }));
}

function standingOn({ attestation, registry }: Check, day: PlainDate, known?: AttestedStanding): LicenceStanding | undefined {
  const { npi, licence } = attestation.credentialSubject;

  return licenceOf(registry.standing({ npi, jurisdiction: licence.jurisdiction, from: day, thru: day, ...(known !== undefined && knownPositions(licence, known)) }), licence);
}

/** What the answer was computed from. */
function knownPositions(licence: LicenceKey, { knownAt, classKnownAt, linkKnownAt, npi, related, identity }: AttestedStanding): Pick<StandingQuery, 'known' | 'knownIdentity'> {
  const position = { licence, knownAt, linkKnownAt, ...(classKnownAt !== undefined && { classKnownAt }), ...(npi !== undefined && { npi }), ...(related !== undefined && { related }) };

  return { known: [position], ...(identity !== undefined && { knownIdentity: identity }) };
}
