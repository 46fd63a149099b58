import type { Clock, Member } from '@medaccord/domain';
import { ContractNetwork, refusalOf } from '../testing/contract-network.js';
import type { Party } from '../testing/contract-network.js';
import { founding, inRole } from '../testing/founded-registry.js';
import { organisations } from '../testing/organisations.js';
import { registryRequirements } from './requirements.js';

const { insurer, hospital, board } = organisations;
const registration = ({ mspId, name, kind, units }: (typeof organisations)[keyof typeof organisations]): object => ({ mspId, name, kind, units });
const transactions = Object.entries(registryRequirements);
const argumentOf = (transaction: string): string | undefined => (['readMembers', 'readClock'].includes(transaction) ? undefined : '{}');

describe('members of the registry', () => {
  let network: ContractNetwork;
  let office: Party;

  const codeOf = async (call: Promise<unknown>): Promise<string> => (await refusalOf(call)).code;

  beforeAll(async () => {
    network = await ContractNetwork.start(Object.values(organisations), ['registry']);
    office = await inRole(network, 'office', 'member-admin');
  }, 120_000);

  afterAll(async () => {
    await network.stop();
  });

  describe('before it is founded', () => {
    test.each(transactions.filter(([, requirement]) => requirement !== 'anyone').map(([name]) => name))('%s is refused to everyone', async (transaction) => {
      expect(await codeOf(office.submit('registry', transaction, argumentOf(transaction)))).toBe('NOT_A_MEMBER');
    });

    test.each([
      ['service', 'FORBIDDEN_ROLE'],
      ['', 'NO_ROLE'],
    ])('is not founded in the role %p', async (role, code) => {
      const caller = role === '' ? await network.as('OfficeMSP', 'nobody') : await inRole(network, 'office', role);
      expect(await codeOf(caller.submit('registry', 'initialise', founding))).toBe(code);
    });

    test('has no configuration', async () => {
      expect(await codeOf(office.evaluate('registry', 'readConfiguration'))).toBe('NOT_INITIALISED');
    });
  });

  test('is founded once, by a member administrator, whose organisation becomes the consortium office', async () => {
    expect((await office.submit('registry', 'initialise', founding)).code).toBe(0);
    expect(await office.evaluate('registry', 'readMember', { mspId: 'OfficeMSP' })).toMatchObject({ kind: 'consortium', status: 'ACTIVE', version: 1, name: founding.name });
    expect(await office.evaluate('registry', 'readConfiguration')).toMatchObject({ consortium: 'OfficeMSP', clockToleranceMilliseconds: 60_000 });
    expect(await codeOf(office.submit('registry', 'initialise', founding))).toBe('ALREADY_INITIALISED');
    const usurper = await inRole(network, 'insurer', 'member-admin');
    expect(await codeOf(usurper.submit('registry', 'initialise', founding))).toBe('ALREADY_INITIALISED');
  });

  test('are admitted by the consortium office, once, with their own units', async () => {
    const first = await office.submit('registry', 'registerMember', registration(hospital));
    expect(JSON.parse(first.result)).toMatchObject({ outcome: 'REGISTERED', member: { mspId: 'GeneralMSP', version: 1 } });
    const again = await office.submit('registry', 'registerMember', registration(hospital));
    expect(JSON.parse(again.result)).toMatchObject({ outcome: 'ALREADY_RECORDED' });
    expect(await codeOf(office.submit('registry', 'registerMember', { ...registration(hospital), name: 'Other' }))).toBe('MEMBER_ALREADY_REGISTERED');
    expect(await codeOf(office.submit('registry', 'registerMember', { ...registration(insurer), units: hospital.units }))).toBe('UNIT_ID_TAKEN');
    expect(await codeOf(office.submit('registry', 'registerMember', { ...registration(insurer), units: board.units }))).toBe('UNIT_KIND_NOT_OF_MEMBER');
    await office.submit('registry', 'registerMember', registration(insurer));
    await office.submit('registry', 'registerMember', registration(board));
    const all = (await office.evaluate('registry', 'readMembers')) as Member[];
    expect(all.map(({ mspId }) => mspId)).toEqual(['AcmeHealthMSP', 'CaliforniaMSP', 'GeneralMSP', 'OfficeMSP']);
  });

  describe('are told what is wrong with a request', () => {
    test('as issues with code and path', async () => {
      const { code, details } = await refusalOf(office.submit('registry', 'registerMember', { mspId: 'X', name: '', kind: 'pharmacy', units: [{ kind: 'board' }] }));
      expect(code).toBe('INVALID_INPUT');
      expect(details.issues).toEqual(expect.arrayContaining([expect.objectContaining({ code: 'NOT_ALLOWED', path: '/kind' }), expect.objectContaining({ code: 'REQUIRED', path: '/units/0/jurisdiction' })]));
    });

    test.each([
      ['text that is no JSON', 'registerMember', 'not json', 'INVALID_INPUT'],
      ['a missing argument', 'registerMember', undefined, 'INVALID_INPUT'],
      ['a transaction that does not exist', 'dropEverything', '{}', 'UNKNOWN_COMMAND'],
      ['a method that is no transaction', 'authorise', '{}', 'UNKNOWN_COMMAND'],
    ])('for %s', async (_, transaction, argument, code) => {
      expect(await codeOf(office.submit('registry', transaction, argument))).toBe(code);
    });
  });

  describe.each(transactions.filter(([, requirement]) => typeof requirement === 'object'))('may send %s only', (transaction, requirement) => {
    if (typeof requirement !== 'object') throw new Error('filtered above');
    const kinds: readonly string[] = requirement.kinds;
    const members = Object.entries(organisations).filter(([name]) => name !== 'otherBoard') as [keyof typeof organisations, (typeof organisations)[keyof typeof organisations]][];
    const outsiders = members.filter(([, { kind }]) => !kinds.includes(kind)).map(([name]) => name);
    const insiders = members.filter(([, { kind }]) => kinds.includes(kind)).map(([name]) => name);

    if (outsiders.length > 0) {
      test.each(outsiders)('as another kind of member than %s', async (organisation) => {
        const caller = await inRole(network, organisation, requirement.roles[0]);
        expect(await codeOf(caller.submit('registry', transaction, '{}'))).toBe('FORBIDDEN_ORGANISATION');
      });
    }

    test.each(insiders)('in another role at %s than a biller’s', async (organisation) => {
      expect(await codeOf((await inRole(network, organisation, 'biller')).submit('registry', transaction, '{}'))).toBe('FORBIDDEN_ROLE');
    });

    test.each(insiders)('with a role at all at %s', async (organisation) => {
      const nobody = await network.as(organisations[organisation].mspId, 'nobody');
      expect(await codeOf(nobody.submit('registry', transaction, '{}'))).toBe('NO_ROLE');
    });

    test('as a member', async () => {
      const stranger = await inRole(network, 'otherBoard', requirement.roles[0]);
      expect(await codeOf(stranger.submit('registry', transaction, '{}'))).toBe('NOT_A_MEMBER');
    });
  });

  test.each(transactions.filter(([, requirement]) => requirement === 'any-member').map(([name]) => name))('may ask %s only as members, in any role', async (transaction) => {
    const stranger = await inRole(network, 'otherBoard', 'registrar');
    expect(await codeOf(stranger.evaluate('registry', transaction, argumentOf(transaction)))).toBe('NOT_A_MEMBER');
  });

  test('advance the clock, forward only and near the time of the transaction', async () => {
    const service = await inRole(network, 'hospital', 'service');
    expect(await codeOf(service.evaluate('registry', 'readClock'))).toBe('CLOCK_NOT_SET');
    const time = new Date().toISOString();
    expect((await service.submit('registry', 'advanceClock', { time })).code).toBe(0);
    expect((await service.evaluate('registry', 'readClock')) as Clock).toEqual({ schema: 'clock/v1', tick: 1, time });
    expect(await codeOf(service.submit('registry', 'advanceClock', { time }))).toBe('CLOCK_NOT_MONOTONE');
    expect(await codeOf(service.submit('registry', 'advanceClock', { time: new Date(Date.now() + 120_000).toISOString() }))).toBe('CLOCK_OUT_OF_BOUNDS');
    expect((await service.submit('registry', 'advanceClock', { time: new Date(Date.now()).toISOString() })).code).toBe(0);
    expect(await service.evaluate('registry', 'readClock')).toMatchObject({ tick: 2 });
  });

  test('change name and units at the version that is known, and lose no unit', async () => {
    const unit = { ...hospital.units[0], status: 'CLOSED' };
    const other = { id: 'general-north', name: 'North', status: 'OPEN', kind: 'facility', tin: '123456789' };
    const changed = await office.submit('registry', 'updateMember', { mspId: 'GeneralMSP', expectedVersion: 1, name: 'General Hospital', units: [unit, other] });
    expect(JSON.parse(changed.result)).toMatchObject({ member: { version: 2, name: 'General Hospital', units: [unit, other] } });
    expect(await refusalOf(office.submit('registry', 'updateMember', { mspId: 'GeneralMSP', expectedVersion: 1, name: 'G' }))).toMatchObject({ code: 'STALE_VERSION', details: { expected: 1, actual: 2 } });
    expect(await codeOf(office.submit('registry', 'updateMember', { mspId: 'GeneralMSP', expectedVersion: 2, units: [other] }))).toBe('UNIT_IN_USE');
    expect(await codeOf(office.submit('registry', 'updateMember', { mspId: 'NoneMSP', expectedVersion: 1 }))).toBe('MEMBER_NOT_FOUND');
    expect(await codeOf(office.submit('registry', 'updateMember', { mspId: 'OfficeMSP', expectedVersion: 1, status: 'LEFT' }))).toBe('LAST_MEMBER_ADMIN');
  });

  test('read while they are suspended and do nothing else; who has left does not even read', async () => {
    const service = await inRole(network, 'hospital', 'service');
    await office.submit('registry', 'updateMember', { mspId: 'GeneralMSP', expectedVersion: 2, status: 'SUSPENDED' });
    expect(await codeOf(service.submit('registry', 'advanceClock', { time: new Date().toISOString() }))).toBe('MEMBER_NOT_ACTIVE');
    expect(await service.evaluate('registry', 'readMember', { mspId: 'GeneralMSP' })).toMatchObject({ status: 'SUSPENDED' });
    await office.submit('registry', 'updateMember', { mspId: 'GeneralMSP', expectedVersion: 3, status: 'LEFT' });
    expect(await codeOf(service.evaluate('registry', 'readMember', { mspId: 'GeneralMSP' }))).toBe('MEMBER_NOT_ACTIVE');
  });
});
