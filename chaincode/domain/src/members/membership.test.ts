import { DomainError } from '../shared/errors.js';
import type { RegisterMember } from './member-commands.js';
import type { Member, Unit } from './member.js';
import { initialise, majorityOf, membershipWith, registerMember, updateMember } from './membership.js';

const now = '2026-01-01T00:00:00.000Z';
const later = '2026-01-02T00:00:00.000Z';
const facility = (id: string): Unit => ({ id, name: id, status: 'OPEN', kind: 'facility' });
const hospital: RegisterMember = { mspId: 'HospitalMSP', name: 'Hospital', kind: 'hospital', units: [facility('north'), facility('main')] };
const noOwners = new Map<string, string>();

function registered(command: RegisterMember = hospital): Member {
  const member = registerMember(undefined, command, noOwners, now);
  if (member === undefined) throw new Error('was registered before');
  return member;
}

function codeOf(action: () => unknown): string {
  try {
    action();
  } catch (error) {
    if (error instanceof DomainError) return error.code;
    throw error;
  }
  return 'was not refused';
}

describe('the registry', () => {
  const clock = { clockIntervalMilliseconds: 1000, clockToleranceMilliseconds: 60_000 };

  test('begins with the founder as consortium office', () => {
    const { configuration, member } = initialise(undefined, { name: 'Office', ...clock }, { mspId: 'OfficeMSP', now });
    expect(configuration).toEqual({ schema: 'registry-configuration/v1', consortium: 'OfficeMSP', ...clock });
    expect(member).toMatchObject({ mspId: 'OfficeMSP', kind: 'consortium', status: 'ACTIVE', units: [], version: 1 });
    expect(codeOf(() => initialise(configuration, { name: 'Other', ...clock }, { mspId: 'OtherMSP', now }))).toBe('ALREADY_INITIALISED');
  });
});

describe('a member', () => {
  test('is registered with its units in order', () => {
    expect(registered()).toMatchObject({ status: 'ACTIVE', version: 1, registeredAt: now, units: [{ id: 'main' }, { id: 'north' }] });
  });

  test('is the same member when the same particulars come again', () => {
    expect(registerMember(registered(), { ...hospital, units: [...hospital.units].reverse() }, noOwners, later)).toBeUndefined();
    expect(codeOf(() => registerMember(registered(), { ...hospital, name: 'Other' }, noOwners, later))).toBe('MEMBER_ALREADY_REGISTERED');
  });

  test.each<[string, () => unknown, string]>([
    ['units of another kind', () => registered({ ...hospital, kind: 'licensing-board' }), 'UNIT_KIND_NOT_OF_MEMBER'],
    ['another member’s unit id', () => registerMember(undefined, hospital, new Map([['north', 'OtherMSP']]), now), 'UNIT_ID_TAKEN'],
    ['a unit lost by a change', () => updateMember(registered(), { mspId: 'HospitalMSP', expectedVersion: 1, units: [facility('main')] }, noOwners, later), 'UNIT_IN_USE'],
    ['a change of another version', () => updateMember(registered(), { mspId: 'HospitalMSP', expectedVersion: 2 }, noOwners, later), 'STALE_VERSION'],
    ['a change where there is no member', () => updateMember(undefined, { mspId: 'HospitalMSP', expectedVersion: 1 }, noOwners, later), 'MEMBER_NOT_FOUND'],
  ])('does not have %s', (_, action, code) => {
    expect(codeOf(action)).toBe(code);
  });

  test('keeps its own unit ids and what a change leaves out', () => {
    const owners = new Map([['north', 'HospitalMSP'], ['main', 'HospitalMSP']]);
    const units = [...hospital.units, facility('south')];
    expect(updateMember(registered(), { mspId: 'HospitalMSP', expectedVersion: 1, units }, owners, later)).toMatchObject({ name: 'Hospital', status: 'ACTIVE', version: 2, registeredAt: now, changedAt: later, units: [{ id: 'main' }, { id: 'north' }, { id: 'south' }] });
  });

  test('that is the consortium office stays active', () => {
    const { member } = initialise(undefined, { name: 'Office', clockIntervalMilliseconds: 0, clockToleranceMilliseconds: 0 }, { mspId: 'OfficeMSP', now });
    expect(codeOf(() => updateMember(member, { mspId: 'OfficeMSP', expectedVersion: 1, status: 'SUSPENDED' }, noOwners, later))).toBe('LAST_MEMBER_ADMIN');
  });
});

describe('the membership', () => {
  test('counts everyone who has not left, in order', () => {
    const joined = membershipWith(membershipWith(undefined, { mspId: 'B', status: 'ACTIVE' }), { mspId: 'A', status: 'SUSPENDED' });
    expect(joined).toMatchObject({ version: 2, mspIds: ['A', 'B'] });
    expect(membershipWith(joined, { mspId: 'A', status: 'LEFT' })).toMatchObject({ version: 3, mspIds: ['B'] });
  });

  test('is the same as long as nobody joins or leaves', () => {
    const membership = membershipWith(undefined, { mspId: 'A', status: 'ACTIVE' });
    expect(membershipWith(membership, { mspId: 'A', status: 'SUSPENDED' })).toBe(membership);
  });

  test.each([
    [1, 1],
    [2, 2],
    [3, 2],
    [4, 3],
    [20, 11],
  ])('of %i has a majority of %i', (count, majority) => {
    expect(majorityOf(count)).toBe(majority);
  });
});
