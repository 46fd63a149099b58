import { randomUUID } from 'node:crypto';
import { done, foundRegistry } from '../../testing/founding.js';
import { TestConsortium } from '../../testing/test-consortium.js';
import type { TestAnswer, TestGateway } from '../../testing/test-gateway.js';
import { csvOf } from './leie-files.js';
import type { RawRow } from './leie-files.js';

const unit = { id: 'ca-medical', name: 'Medical board', status: 'OPEN', kind: 'board', jurisdiction: 'CA', licenceTypes: ['MD'], timeZone: 'UTC' };
const neighbour = { ...unit, id: 'nv-medical', jurisdiction: 'NV' };
const members = [
  { mspId: 'LicensingBoardMSP', name: 'Boards', kind: 'licensing-board', units: [unit, neighbour] },
  { mspId: 'HospitalMSP', name: 'General Hospital', kind: 'hospital', units: [] },
  { mspId: 'InsurerMSP', name: 'Insurer', kind: 'insurer', units: [] },
];

/** A founded consortium: the office and the insurer keep exclusion lists, the hospital screens its clinicians. */
export class StewardWorld {
  private constructor(readonly consortium: TestConsortium, readonly office: TestGateway, readonly insurer: TestGateway, readonly hospital: TestGateway, readonly board: TestGateway) {}

  static async start(hospitalEnvironment: Readonly<Record<string, string>> = {}): Promise<StewardWorld> {
    const consortium = await TestConsortium.start(['registry', 'claims']);
    const [office, insurer, hospital, board] = [await consortium.gateway('ConsortiumMSP'), await consortium.gateway('InsurerMSP'), await consortium.gateway('HospitalMSP', hospitalEnvironment), await consortium.gateway('LicensingBoardMSP')];
    await foundRegistry(office, ...members);
    await done(office.write('/v1/clock/ticks', 'member-admin', { time: new Date().toISOString() }));

    return new StewardWorld(consortium, office, insurer, hospital, board);
  }

  /** The same file reaches the hospital and both stewards, who tell the ledger; the hospital's answer. */
  async publish(month: string, file: string, rows: readonly RawRow[]): Promise<TestAnswer> {
    for (const steward of [this.office, this.insurer]) {
      await done(load(steward, 'exclusion-steward', month, file, csvOf(rows)));
      await done(steward.write(`/v1/exclusion-lists/LEIE/files/${month}/${file}/attestations`, 'exclusion-steward', undefined));
    }

    return done(load(this.hospital, 'credentialing', month, file, csvOf(rows)));
  }

  /** The board's licences, each held by the clinician beside it; `validThru` where the licence ends. */
  async license(holders: readonly { readonly npi: string; readonly number: string; readonly validThru?: string }[]): Promise<void> {
    const licence = (number: string): object => ({ jurisdiction: 'CA', board: 'ca-medical', type: 'MD', number });
    await done(this.board.write('/v1/providers', 'registrar', { items: holders.map(({ npi }) => ({ npi, type: 'individual', name: { family: 'Byron', given: 'Ada' }, taxonomies: [] })) }));
    await done(this.board.write('/v1/licences', 'registrar', { items: holders.map(({ number, validThru }) => ({ licence: licence(number), effectiveFrom: '2010-01-01', status: 'ACTIVE', ...(validThru !== undefined && { validThru }) })) }));
    await done(this.board.write('/v1/provider-licence-links', 'registrar', { items: holders.map(({ npi, number }) => ({ type: 'ASSERT', npi, licence: licence(number) })) }));
  }

  /** The board suspends a licence from today. */
  async suspend(number: string): Promise<void> {
    const today = new Date().toISOString().slice(0, 10);
    const action = { type: 'SUSPEND', effectiveFrom: today, summary: false, automaticReinstatement: false, basisCodes: ['NEGLIGENCE'] };
    const order = { expectedSequence: 1, steps: [{ kind: 'INITIAL', action }], order: { number: 'ORDER-1', decidedOn: today } };
    await done(this.board.write(`/v1/licences/CA/ca-medical/MD/${number}/orders`, 'disciplinary-officer', order));
  }

  async stop(): Promise<void> {
    await this.consortium.stop();
  }
}

/** Sends a file as published. */
export async function load(gateway: TestGateway, role: string, month: string, file: string, csv: string | Uint8Array, query = '', key = randomUUID()): Promise<TestAnswer> {
  return gateway.request(`/v1/exclusion-lists/LEIE/files/${month}/${file}${query}`, { method: 'POST', raw: Buffer.from(csv), claims: { roles: [role] }, headers: { 'Idempotency-Key': key, 'Content-Type': 'text/csv' } });
}
