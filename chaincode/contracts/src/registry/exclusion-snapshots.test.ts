import type { ContractNetwork, Party } from '../testing/contract-network.js';
import { refusalOf } from '../testing/contract-network.js';
import { inRole, startFoundedNetwork } from '../testing/founded-registry.js';
import { organisations } from '../testing/organisations.js';

const snapshot = { source: 'LEIE', month: '2022-07', file: 'full', sha256: 'ab'.repeat(32), rows: 76_543 } as const;

describe('exclusion lists that stewards have told', () => {
  let network: ContractNetwork;
  let insurer: Party;
  let office: Party;
  let hospital: Party;

  const record = async (by: Party, command: object = snapshot): Promise<object> => JSON.parse((await by.submit('registry', 'recordExclusionSnapshot', command)).result) as object;
  const codeOf = async (call: Promise<unknown>): Promise<string> => (await refusalOf(call)).code;

  beforeAll(async () => {
    network = await startFoundedNetwork(['registry']);
    insurer = await inRole(network, 'insurer', 'exclusion-steward');
    office = await inRole(network, 'office', 'exclusion-steward');
    hospital = await inRole(network, 'hospital', 'credentialing');
  }, 120_000);

  afterAll(async () => {
    await network.stop();
  });

  test('carry each organisation’s word once', async () => {
    expect(await record(insurer)).toMatchObject({ outcome: 'RECORDED', snapshot: { attestations: [{ mspId: organisations.insurer.mspId }] } });
    expect(await record(insurer)).toMatchObject({ outcome: 'ALREADY_RECORDED', snapshot: { attestations: [{}] } });
    expect(await codeOf(record(office, { ...snapshot, rows: 76_544 }))).toBe('EXCLUSION_SNAPSHOT_DIFFERS');
    expect(await record(office)).toMatchObject({ outcome: 'RECORDED', snapshot: { attestations: [{ mspId: organisations.insurer.mspId }, { mspId: organisations.office.mspId }] } });
  });

  test('are read by every member, one list at a time, also by month', async () => {
    await record(insurer, { ...snapshot, month: '2022-08', file: 'exclusions', sha256: 'cd'.repeat(32), rows: 210 });
    await record(insurer, { ...snapshot, source: 'SAM', sha256: 'ef'.repeat(32) });
    const read = async (query: object): Promise<readonly unknown[]> => ((await hospital.evaluate('registry', 'readExclusionSnapshots', query)) as { month: string; rows: number }[]).map(({ month, rows }) => [month, rows]);
    expect(await read({ source: 'LEIE' })).toEqual([['2022-07', 76_543], ['2022-08', 210]]);
    expect(await read({ source: 'LEIE', month: '2022-08' })).toEqual([['2022-08', 210]]);
  });

  test.each([
    ['hospital', 'exclusion-steward', 'FORBIDDEN_ORGANISATION'],
    ['board', 'exclusion-steward', 'FORBIDDEN_ORGANISATION'],
    ['insurer', 'credentialing', 'FORBIDDEN_ROLE'],
    ['office', 'member-admin', 'FORBIDDEN_ROLE'],
  ] as const)('are not told by a %s in the role %s', async (organisation, role, code) => {
    expect(await codeOf(record(await inRole(network, organisation, role)))).toBe(code);
  });

  test.each([
    ['a month that is none', { month: '2022-13' }], ['a file that is none', { file: 'delta' }], ['a hash that is none', { sha256: 'AB' }], ['rows that are none', { rows: -1 }], ['a list without name', { source: 'leie list' }],
  ])('are refused with %s', async (_, changes) => {
    expect(await codeOf(record(insurer, { ...snapshot, ...changes }))).toBe('INVALID_INPUT');
  });
});
