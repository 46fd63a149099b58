import type { IdentityFact, ProviderStanding, StandingsForClaimsResponse } from '@medaccord/domain';
import { newActionId } from '../testing/board-desk.js';
import type { ContractNetwork, Party } from '../testing/contract-network.js';
import { refusalOf } from '../testing/contract-network.js';
import { inRole, startFoundedNetwork } from '../testing/founded-registry.js';

const licence = { jurisdiction: 'CA', board: 'ca-medical', type: 'MD', number: 'A1' };
const [old, young, third] = ['1003357849', '1234567893', '1679576722'] as const;
const replaced: IdentityFact = { type: 'REPLACED', npi: old, by: young, from: '2026-07-01' };
const merged: IdentityFact = { type: 'SAME_PERSON', npi: young, other: third };

describe('who stands behind a number', () => {
  let network: ContractNetwork;
  let hospital: Party;
  let insurer: Party;
  let registrar: Party;

  const batch = async (by: Party, transaction: string, items: readonly object[]): Promise<readonly { outcome: string; code?: string }[]> =>
    (JSON.parse((await by.submit('registry', transaction, { items })).result) as { outcomes: { outcome: string; code?: string }[] }).outcomes;
  const say = async (by: Party, type: string, fact: IdentityFact): Promise<string> => {
    const [result] = await batch(by, 'recordIdentities', [{ type, fact, ...(type === 'PROPOSE' && { evidenceHash: 'e'.repeat(64) }) }]);
    return result?.code ?? result?.outcome ?? 'nothing';
  };
  const ask = async (npi: string, known: object = {}): Promise<ProviderStanding> => {
    const query = { npi, jurisdiction: 'CA', from: '2026-06-30', thru: '2026-07-01', ...known };
    const { standings: [answer] } = (await insurer.evaluate('registry', 'standingsForClaims', { members: [], standings: [query] })) as StandingsForClaimsResponse;
    if (answer === undefined) throw new Error('no answer');
    return answer;
  };
  const authorities = async (npi: string): Promise<readonly string[]> => (await ask(npi)).periods.map(({ authority }) => authority);

  beforeAll(async () => {
    network = await startFoundedNetwork(['registry']);
    [hospital, insurer, registrar] = [await inRole(network, 'hospital', 'credentialing'), await inRole(network, 'insurer', 'credentialing'), await inRole(network, 'board', 'registrar')];
    await batch(registrar, 'issueLicences', [{ actionId: newActionId(), licence, effectiveFrom: '2020-01-01', status: 'ACTIVE' }]);
    await batch(hospital, 'registerProviders', [old, young, third].map((npi) => ({ npi, type: 'individual', name: { family: 'Doe', given: 'Jane', suffix: 'Jr' }, taxonomies: [] })));
    await batch(registrar, 'linkProviderLicences', [{ type: 'ASSERT', npi: old, licence }]);
  }, 120_000);

  afterAll(async () => {
    await network.stop();
  });

  test('is for people of the directory to say: hospitals, insurers and boards', async () => {
    const items = [{ type: 'PROPOSE', fact: replaced, evidenceHash: 'e'.repeat(64) }];
    const refused = async (by: Party): Promise<string> => (await refusalOf(by.submit('registry', 'recordIdentities', { items }))).code;
    expect(await refused(await inRole(network, 'office', 'member-admin'))).toBe('FORBIDDEN_ORGANISATION');
    expect(await refused(await inRole(network, 'hospital', 'biller'))).toBe('FORBIDDEN_ROLE');
    expect(await refused(await inRole(network, 'board', 'practitioner'))).toBe('FORBIDDEN_ROLE');
  });

  test('changes no standing while one organisation alone says so', async () => {
    expect(await say(hospital, 'PROPOSE', replaced)).toBe('PROPOSED');
    expect(await say(hospital, 'CONFIRM', replaced)).toBe('IDENTITY_NEEDS_ANOTHER');
    expect([await authorities(old), await authorities(young)]).toEqual([['FULL'], ['UNKNOWN']]);
  });

  test('gives the licence to every number of the person once a second one agrees, and takes the old number out of use', async () => {
    expect(await say(registrar, 'CONFIRM', replaced)).toBe('CONFIRMED');
    expect([await authorities(old), await authorities(young)]).toEqual([['FULL', 'UNKNOWN'], ['FULL']]);
    expect(await ask(young)).toMatchObject({ identity: [{ npi: young, knownAt: 2 }, { npi: old, knownAt: 2 }], licences: [{ licence, npi: old }] });
    expect(await hospital.evaluate('registry', 'readProvider', { npi: young })).toMatchObject({ identity: { npi: young, lastSequence: 2, statements: [{ fact: replaced, events: [{ type: 'PROPOSE' }, { type: 'CONFIRM' }] }] } });
  });

  test('is followed from number to number, and undone by two for all that is asked from then on', async () => {
    await say(insurer, 'PROPOSE', merged);
    await say(hospital, 'CONFIRM', merged);
    const joined = await ask(third);
    expect(joined).toMatchObject({ periods: [{ authority: 'FULL' }], identity: [{ npi: third }, { npi: old }, { npi: young }] });
    expect(await say(registrar, 'DISPUTE', merged)).toBe('DISPUTED');
    expect(await say(registrar, 'VOID', merged)).toBe('IDENTITY_NEEDS_ANOTHER');
    expect(await authorities(third)).toEqual(['FULL']);
    expect(await say(insurer, 'VOID', merged)).toBe('VOIDED');
    expect([await authorities(third), await authorities(young)]).toEqual([['UNKNOWN'], ['FULL']]);
    const known = joined.licences.map(({ licence: key, knownAt, linkKnownAt, npi }) => ({ licence: key, knownAt, linkKnownAt, npi }));
    expect(await ask(third, { known, knownIdentity: joined.identity })).toEqual(joined);
  });

  test('is told to the world under each number', async () => {
    const events = await insurer.events('registry', 0n);
    const dead: IdentityFact = { type: 'DECEASED', npi: third, on: '2026-06-30' };
    const told: string[] = [];
    try {
      const { txId } = await hospital.submit('registry', 'recordIdentities', { items: [{ type: 'PROPOSE', fact: dead, evidenceHash: 'e'.repeat(64) }] });
      for await (const { transactionId, payload } of events) {
        if (transactionId !== txId) continue;
        told.push(new TextDecoder().decode(payload));
        break;
      }
    } finally {
      events.close();
    }
    expect(JSON.parse(told[0] ?? '{}')).toEqual({ schema: 'registry-changed/v1', events: [{ type: 'provider-identity.changed.v1', id: third, position: 5 }] });
  });
});
