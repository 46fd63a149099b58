import { ATTESTATION_PURPOSES, attestationStatus, DomainError, LASTING_PURPOSES, licenceOf } from '@medaccord/domain';
import type { AttestationPurpose, AttestationStatus, PlainDate, ProviderStanding } from '@medaccord/domain';
import { SERVICE_ROLE } from '../ledger/ledger.js';
import type { RegistryClient } from '../ledger/registry-client.js';
import type { AttestationStore, StoredAttestation } from './attestation-store.js';
import type { BoardIdentity } from './board-identity.js';
import { Published } from './published.js';
import type { Publication } from './published.js';
import type { SigningKey } from './signing-key.js';
import { encodeBits } from './status-list.js';
import type { StatusListCredential } from './status-list.js';

/** A signed list for each purpose. */
type SignedLists = Readonly<Record<AttestationPurpose, string>>;

/** A list that somebody holds back from a reader is believed for so long at most. */
const listMs = 3_600_000;

const standingsAtOnce = 500;

/**
 * The published lists. Each publication asks the registry anew about every attestation that has not ended: what a list says
 * follows from the ledger alone, nobody's act is needed, and no event can be missed.
 */
export class StatusLists {
  readonly #store: AttestationStore;
  readonly #registry: RegistryClient;
  readonly #identity: BoardIdentity;
  readonly #freshMs: number;
  readonly #lists = new Map<number, Published<SignedLists>>();

  constructor(store: AttestationStore, registry: RegistryClient, identity: BoardIdentity, listSeconds: number) {
    this.#store = store;
    this.#registry = registry;
    this.#identity = identity;
    this.#freshMs = listSeconds * 1000;
  }

  /** For so long a reader may keep a list. */
  get freshSeconds(): number {
    return this.#freshMs / 1000;
  }

  /** A list as a signed JWT. Throws ROUTE_NOT_FOUND where there is none. */
  async list(number: number, purpose: AttestationPurpose): Promise<string> {
    if (!this.#lists.has(number) && !(await this.#store.hasList(number))) throw new DomainError('ROUTE_NOT_FOUND');
    const published = this.#lists.get(number) ?? new Published(() => this.#publish(number), this.#freshMs);
    this.#lists.set(number, published);

    return (await published.get())[purpose];
  }

  /** A key has come or gone: the next list is signed by the one that counts. */
  outdate(): void {
    this.#lists.clear();
  }

  async #publish(number: number): Promise<Publication<SignedLists>> {
    const at = Date.now();
    const key = await this.#identity.signingKey();
    const rows = await this.#store.standingIn(number);
    const states = await this.#statesOf(rows, new Date(at).toISOString().slice(0, 10));
    for (const purpose of LASTING_PURPOSES) await this.#store.setLasting(purpose, rows.filter((row) => states.get(row.id)?.[purpose] === true && !row[purpose]).map(({ id }) => id));
    const signed = await Promise.all(ATTESTATION_PURPOSES.map(async (purpose) => {
      const set = rows.filter((row) => states.get(row.id)?.[purpose] === true).map(({ position }) => position);

      return [purpose, await this.#sign(key, number, purpose, set, at)] as const;
    }));

    return { content: Object.fromEntries(signed) as Record<AttestationPurpose, string>, until: at + listMs };
  }

  async #statesOf(rows: readonly StoredAttestation[], today: PlainDate): Promise<ReadonlyMap<string, AttestationStatus>> {
    const standings = await this.#standingsOf(rows, today);

    return new Map(rows.map(({ id, npi, licence, standing, revocation, refresh }) => {
      const answer = standings.get(holderKey({ npi, jurisdiction: licence.jurisdiction }));
      const state = attestationStatus(standing, answer && licenceOf(answer, licence)?.periods[0]);

      return [id, { ...state, revocation: state.revocation || revocation, refresh: state.refresh || refresh }] as const;
    }));
  }

  async #standingsOf(rows: readonly StoredAttestation[], today: PlainDate): Promise<ReadonlyMap<string, ProviderStanding>> {
    const holders = [...new Map(rows.map(({ npi, licence: { jurisdiction } }) => [holderKey({ npi, jurisdiction }), { npi, jurisdiction }])).values()];
    const found = new Map<string, ProviderStanding>();
    for (let from = 0; from < holders.length; from += standingsAtOnce) {
      const asked = holders.slice(from, from + standingsAtOnce).map((holder) => ({ ...holder, from: today, thru: today }));
      const { standings } = await this.#registry.standingsForClaims(SERVICE_ROLE, { members: [], standings: asked });
      for (const standing of standings) found.set(holderKey(standing), standing);
    }

    return found;
  }

  async #sign(key: SigningKey, number: number, purpose: AttestationPurpose, set: readonly number[], at: number): Promise<string> {
    const id = `${this.addressOf(number)}/${purpose}`;
    const credential: StatusListCredential = {
      '@context': ['https://www.w3.org/ns/credentials/v2'], id, type: ['VerifiableCredential', 'BitstringStatusListCredential'], issuer: this.#identity.did,
      validFrom: new Date(at).toISOString(), validUntil: new Date(at + listMs).toISOString(),
      credentialSubject: { id: `${id}#list`, type: 'BitstringStatusList', statusPurpose: purpose, encodedList: encodeBits(set), ttl: this.#freshMs },
    };

    return key.sign(credential);
  }

  /** Where the lists of a number are published, without the purpose. */
  addressOf(number: number): string {
    return `${this.#identity.publicUrl}/v1/status-lists/${number}`;
  }
}

function holderKey({ npi, jurisdiction }: Pick<ProviderStanding, 'npi' | 'jurisdiction'>): string {
  return `${npi} ${jurisdiction}`;
}
