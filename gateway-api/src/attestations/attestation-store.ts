import { randomInt } from 'node:crypto';
import { and, asc, count, eq, gt, inArray, lt, max } from 'drizzle-orm';
import type { ComparedStanding, Instant, LastingPurpose, LicenceKey, Npi } from '@medaccord/domain';
import { attestations, earlierAttestations } from '../database/schema.js';
import type { Database } from '../database/schema.js';
import { LIST_BITS } from './status-list.js';

/** What an attestation said, and until when. */
export interface AttestationFacts {
  /** A random UUID, the same in a resend. */
  readonly id: string;
  readonly npi: Npi;
  readonly licence: LicenceKey;
  readonly standing: ComparedStanding;
  readonly signedAt: Instant;
  readonly validUntil: Instant;
}

/** An attestation's own bit. */
export interface StatusPlace {
  readonly list: number;
  readonly position: number;
}

/** An attestation as its bits are computed from it. */
export type StoredAttestation = typeof attestations.$inferSelect;

/** A list is left half empty, so that a random place is found at once. */
const mostInList = LIST_BITS / 2;

/** Attestations and their places in the published lists. */
export class AttestationStore {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  /** Gives an attestation a random bit of its own; one that a resend gives again keeps its first. */
  async place({ signedAt, validUntil, ...facts }: AttestationFacts): Promise<StatusPlace> {
    const times = { signedAt: new Date(signedAt), validUntil: new Date(validUntil) };
    for (;;) {
      const place = { list: await this.#openList(), position: randomInt(LIST_BITS) };
      await this.#database.insert(attestations).values({ ...facts, ...times, ...place }).onConflictDoNothing();
      const [row] = await this.#database.select().from(attestations).where(eq(attestations.id, facts.id));
      if (row !== undefined) return row;
    }
  }

  /** Keeps what was signed; a resend whose first answer was lost is signed again. */
  async signed(id: string, { signedAt, validUntil, standing }: Pick<AttestationFacts, 'signedAt' | 'validUntil' | 'standing'>, keyId: string, digest: string): Promise<void> {
    await this.#database.update(attestations).set({ signedAt: new Date(signedAt), validUntil: new Date(validUntil), standing, keyId, digest }).where(eq(attestations.id, id));
  }

  /** Whether there is such a list. */
  async hasList(list: number): Promise<boolean> {
    return list <= (await this.#lastList());
  }

  /** Those of a list whose bits count: the ones that have not ended. */
  async standingIn(list: number): Promise<readonly StoredAttestation[]> {
    return this.#database.select().from(attestations).where(and(eq(attestations.list, list), gt(attestations.validUntil, new Date())));
  }

  /** Sets a bit for good. */
  async setLasting(purpose: LastingPurpose, ids: readonly string[]): Promise<void> {
    if (ids.length > 0) await this.#database.update(attestations).set({ [purpose]: true }).where(inArray(attestations.id, [...ids]));
  }

  /** SHA-256 of what a key signed before an instant, in their order. */
  async digestsBefore(keyId: string, from: Instant): Promise<readonly string[]> {
    const rows = await this.#database.select({ digest: attestations.digest }).from(attestations).where(and(eq(attestations.keyId, keyId), lt(attestations.signedAt, new Date(from)))).orderBy(asc(attestations.digest));

    return rows.flatMap(({ digest }) => digest ?? []);
  }

  /** Keeps a list of what a key signed before its revocation. */
  async keepEarlier(digest: string, content: string): Promise<void> {
    await this.#database.insert(earlierAttestations).values({ digest, content }).onConflictDoNothing();
  }

  /** Such a list, by its SHA-256; undefined where there is none. */
  async earlier(digest: string): Promise<string | undefined> {
    const [row] = await this.#database.select().from(earlierAttestations).where(eq(earlierAttestations.digest, digest));

    return row?.content;
  }

  async #openList(): Promise<number> {
    const last = Math.max(1, await this.#lastList());
    const [row] = await this.#database.select({ places: count() }).from(attestations).where(eq(attestations.list, last));

    return (row?.places ?? 0) < mostInList ? last : last + 1;
  }

  async #lastList(): Promise<number> {
    const [row] = await this.#database.select({ last: max(attestations.list) }).from(attestations);

    return row?.last ?? 0;
  }
}
