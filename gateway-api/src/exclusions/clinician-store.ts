import { asc, count, eq, gt, inArray, sql } from 'drizzle-orm';
import { canonicalJson, DomainError } from '@medaccord/domain';
import type { Npi, ScreenedPerson } from '@medaccord/domain';
import type { GatewaySecret } from '../config/gateway-secret.js';
import type { Database } from '../database/schema.js';
import { screenedClinicians } from '../database/schema.js';
import { seal, unseal } from '../idempotency/sealed-answer.js';

/** Whom the organisation screens, by NPI. Names and birth dates lie in the database sealed. */
export class ClinicianStore {
  readonly #database: Database;
  readonly #key: Buffer;

  constructor(database: Database, secret: GatewaySecret) {
    this.#database = database;
    this.#key = secret.key('screened-clinicians');
  }

  /** Enters clinicians; what is known of one who is there already is replaced. */
  async put(people: readonly ScreenedPerson[]): Promise<void> {
    const values = [...new Map(people.map((person) => [person.npi, { npi: person.npi, person: seal(this.#key, person.npi, canonicalJson(person)) }])).values()];
    await this.#database.insert(screenedClinicians).values(values).onConflictDoUpdate({ target: screenedClinicians.npi, set: { person: sql`excluded.person` } });
  }

  async remove(npis: readonly Npi[]): Promise<number> {
    return (await this.#database.delete(screenedClinicians).where(inArray(screenedClinicians.npi, [...npis])).returning({ npi: screenedClinicians.npi })).length;
  }

  /** Clinicians after an NPI, in order. */
  async page(after: string, limit: number): Promise<readonly ScreenedPerson[]> {
    const rows = await this.#database.select().from(screenedClinicians).where(gt(screenedClinicians.npi, after)).orderBy(asc(screenedClinicians.npi)).limit(limit);

    return rows.map(({ npi, person }) => this.#open(npi, person));
  }

  /** Throws CLINICIAN_NOT_FOUND. */
  async get(npi: Npi): Promise<ScreenedPerson> {
    const [row] = await this.#database.select().from(screenedClinicians).where(eq(screenedClinicians.npi, npi));
    if (row === undefined) throw new DomainError('CLINICIAN_NOT_FOUND');

    return this.#open(npi, row.person);
  }

  async count(): Promise<number> {
    const [row] = await this.#database.select({ clinicians: count() }).from(screenedClinicians);

    return row?.clinicians ?? 0;
  }

  #open(npi: Npi, person: Uint8Array): ScreenedPerson {
    return JSON.parse(unseal(this.#key, npi, person)) as ScreenedPerson;
  }
}
