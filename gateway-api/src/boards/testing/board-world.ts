import { randomUUID } from 'node:crypto';
import { OrganizationTree } from '@medaccord/network/identities';
import { foundRegistry } from '../../testing/founding.js';
import { TestConsortium } from '../../testing/test-consortium.js';
import type { TestAnswer, TestGateway } from '../../testing/test-gateway.js';

const unit = (id: string, licenceTypes: readonly string[]): object => ({ id, name: `Board ${id}`, status: 'OPEN', kind: 'board', jurisdiction: 'WA', licenceTypes, timeZone: 'America/Los_Angeles' });

/** A person of the agency: in a role, perhaps of one board only. */
export interface BoardPerson {
  readonly role: string;
  readonly unit?: string;
}

export const registrar: BoardPerson = { role: 'registrar' };
export const officer: BoardPerson = { role: 'disciplinary-officer' };
export const member: BoardPerson = { role: 'board-member' };

/** The agency with a nursing and a medical board, people of the whole agency, and people of the nursing board alone. */
export class BoardWorld {
  private constructor(readonly consortium: TestConsortium, readonly atBoard: TestGateway, readonly atOffice: TestGateway) {}

  static async start(environment: Readonly<Record<string, string>> = {}): Promise<BoardWorld> {
    const consortium = await TestConsortium.start();
    const agency = consortium.config.organisations.find(({ mspId }) => mspId === 'LicensingBoardMSP');
    const tree = await OrganizationTree.open({ root: consortium.network.organizationsPath, domain: agency?.domain ?? '', mspId: 'LicensingBoardMSP' });
    for (const { role } of [registrar, officer, member]) await tree.addUser({ name: `wa-nursing-${role}`, attributes: { 'medaccord.role': role, 'medaccord.unit': 'wa-nursing' } });
    const [atOffice, atBoard] = [await consortium.gateway('ConsortiumMSP'), await consortium.gateway('LicensingBoardMSP', environment)];
    await foundRegistry(atOffice, { mspId: 'LicensingBoardMSP', name: 'Boards', kind: 'licensing-board', units: [unit('wa-medical', ['MD']), unit('wa-nursing', ['LPN', 'RN'])] });
    const world = new BoardWorld(consortium, atBoard, atOffice);
    for (const who of [officer, member, { ...officer, unit: 'wa-nursing' }, { ...member, unit: 'wa-nursing' }]) await world.write('/v1/board-officers', who, undefined);

    return world;
  }

  async stop(): Promise<void> {
    await this.consortium.stop();
  }

  async read(path: string, who: BoardPerson): Promise<TestAnswer> {
    return this.atBoard.request(path, { claims: claimsOf(who) });
  }

  async write(path: string, who: BoardPerson, body: unknown, key: string = randomUUID()): Promise<TestAnswer> {
    return this.atBoard.request(path, { method: 'POST', body, claims: claimsOf(who), headers: { 'Idempotency-Key': key } });
  }

  async upload(path: string, who: BoardPerson, raw: string | Uint8Array<ArrayBuffer>, type = 'text/csv', key: string = randomUUID()): Promise<TestAnswer> {
    return this.atBoard.request(path, { method: 'POST', raw, claims: claimsOf(who), headers: { 'Content-Type': type, 'Idempotency-Key': key } });
  }

  /** Imports rows `number,status,effectiveFrom,validThru,holder` of registered nurses. */
  async importRows(importBatch: string, rows: readonly string[], who: BoardPerson = registrar): Promise<TestAnswer> {
    return this.upload(`/v1/licences/import?jurisdiction=WA&board=wa-nursing&type=RN&importBatch=${importBatch}&recordedOn=2026-03-01`, who, ['number,status,effectiveFrom,validThru,holder', ...rows].join('\n'));
  }

  /** An order on a nurse that one person makes, or that two make. */
  async order(number: string, body: object, by: 'one' | 'two' = 'one'): Promise<TestAnswer> {
    const path = `/v1/licences/WA/wa-nursing/RN/${number}`;
    if (by === 'one') return this.write(`${path}/orders`, officer, body);
    const { json } = await this.write(`${path}/order-drafts`, officer, body);

    return this.write(`/v1/order-drafts/${String(json['id'])}/approval`, member, undefined);
  }
}

function claimsOf({ role, unit: board }: BoardPerson): object {
  return { roles: [role], subject: `${role}${board === undefined ? '' : `.${board}`}@test`, ...(board !== undefined && { unit: board }) };
}

export const codeOf = ({ status, json }: TestAnswer): readonly unknown[] => [status, json['code']];
export const initial = (action: object): object => ({ kind: 'INITIAL', action });
export const probation = { type: 'ENCUMBER', encumbrance: 'PROBATION', effectiveFrom: '2026-02-01', effectiveThru: '2030-01-31', automaticReinstatement: true, basisCodes: ['CARE'] };
export const summary = { type: 'SUSPEND', summary: true, effectiveFrom: '2026-02-10', automaticReinstatement: false, basisCodes: ['DANGER'] };
