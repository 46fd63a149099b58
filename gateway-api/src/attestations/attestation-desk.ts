import { addDays, attest, ATTESTATION_DAYS, compared, DomainError, licenceId, object, npiShape, licenceKeyShape, statusEntries } from '@medaccord/domain';
import type { AttestedFacts, Instant, LicenceAttestation, LicenceKey, Npi, Shape } from '@medaccord/domain';
import type { OwnBoards } from '../boards/own-boards.js';
import type { WriteRequest } from '../idempotency/write-request.js';
import type { IssuerKeyOutcome, Recorded, RegistryClient } from '../ledger/registry-client.js';
import type { AttestationStore } from './attestation-store.js';
import type { BoardIdentity } from './board-identity.js';
import { digestOf, writeEarlierList } from './earlier-list.js';
import type { PublishedDid } from './published-did.js';
import type { StatusLists } from './status-lists.js';

/** What is to be attested: that this clinician holds this licence, and what it permits today. */
export interface AttestationRequest {
  readonly npi: Npi;
  readonly licence: LicenceKey;
}

/** A board's signed word. */
export interface IssuedAttestation {
  readonly id: string;
  readonly issuer: string;
  readonly validUntil: Instant;
  /** A Verifiable Credential as a signed JWT. */
  readonly attestation: string;
}

/** What the desk works with. */
export interface DeskParts {
  readonly store: AttestationStore;
  readonly registry: RegistryClient;
  readonly identity: BoardIdentity;
  readonly lists: StatusLists;
  readonly did: PublishedDid;
  readonly boards: OwnBoards;
}

/** Reads what is to be attested. */
export const attestationRequestShape: Shape<AttestationRequest> = object<AttestationRequest>({ npi: npiShape, licence: licenceKeyShape });

/** Attests the standing of the own boards' licences, and keeps the keys with which that is signed. */
export class AttestationDesk {
  readonly #store: AttestationStore;
  readonly #registry: RegistryClient;
  readonly #identity: BoardIdentity;
  readonly #lists: StatusLists;
  readonly #did: PublishedDid;
  readonly #boards: OwnBoards;
  readonly #organisation: { readonly mspId: string; readonly channel: string };

  constructor(parts: DeskParts, organisation: { readonly mspId: string; readonly channel: string }) {
    this.#store = parts.store;
    this.#registry = parts.registry;
    this.#identity = parts.identity;
    this.#lists = parts.lists;
    this.#did = parts.did;
    this.#boards = parts.boards;
    this.#organisation = organisation;
  }

  /** Throws BOARD_NOT_OF_ORGANISATION and FORBIDDEN_UNIT for another board's licence, and what the rules of an attestation refuse. */
  async attest(write: WriteRequest, request: AttestationRequest): Promise<IssuedAttestation> {
    await this.#boards.of(request.licence.board, write.actor);
    const key = await this.#identity.signingKey();
    const now = new Date().toISOString();
    const uuid = uuidOf(write.derive('attestation'));
    const claims = attest(await this.#facts(write.actor.role, request, now), { uuid, issuer: this.#identity.did, now });
    const facts = { id: uuid, ...request, standing: compared(claims.credentialSubject.standing), signedAt: now, validUntil: claims.validUntil };
    const { list, position } = await this.#store.place(facts);
    const credential: LicenceAttestation = { ...claims, credentialStatus: statusEntries(this.#lists.addressOf(list), position) };
    const attestation = await key.sign(credential);
    await this.#store.signed(uuid, facts, key.keyId, digestOf(attestation));

    return { id: credential.id, issuer: credential.issuer, validUntil: credential.validUntil, attestation };
  }

  /** Introduces the key in the gateway's file on the ledger: a new one where there is none, or where it is revoked. */
  async introduceKey(write: WriteRequest): Promise<Recorded<IssuerKeyOutcome>> {
    const { did } = this.#identity;
    const { publicKey } = await this.#identity.keyToIntroduce();
    const outcome = await this.#registry.introduceIssuerKey(write, { publicKey, did });
    this.#outdate();

    return outcome;
  }

  /** Revokes a key from an instant on, and publishes what it did sign for the board before. */
  async revokeKey(write: WriteRequest, keyId: string, from: Instant): Promise<Recorded<IssuerKeyOutcome>> {
    const digests = await this.#store.digestsBefore(keyId, from);
    const { content, digest } = writeEarlierList({ schema: 'earlier-attestations/v1', keyId, before: from, digests });
    await this.#store.keepEarlier(digest, content);
    const outcome = await this.#registry.revokeIssuerKey(write, { keyId, from, earlier: digest });
    this.#outdate();

    return outcome;
  }

  /** The next keys and lists are those of after this. */
  #outdate(): void {
    this.#did.outdate();
    this.#lists.outdate();
  }

  async #facts(role: string, { npi, licence }: AttestationRequest, now: Instant): Promise<AttestedFacts> {
    const { licence: record, faults } = await this.#registry.licence(role, licence);
    if (record.issuer !== this.#organisation.mspId) throw new DomainError('FORBIDDEN_ORGANISATION');
    if (faults.length > 0) throw new DomainError('LICENCE_RECORD_FAULTY', { licence: licenceId(licence) });
    const today = now.slice(0, 10);
    const { standings: [standing] } = await this.#registry.standingsForClaims(role, { members: [], standings: [{ npi, jurisdiction: licence.jurisdiction, from: today, thru: addDays(today, ATTESTATION_DAYS - 1) }] });
    if (standing === undefined) throw new DomainError('LEDGER_FAULT');

    return { standing, licence, channel: this.#organisation.channel, board: record.issuer, ...(record.holder !== undefined && { holder: record.holder }) };
  }
}

/** A UUID of version 8 (RFC 9562) out of random bytes. */
function uuidOf(bytes: Buffer): string {
  const hex = bytes.toString('hex');

  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}
