import type { FeeScheduleBody, FeeScheduleDocument } from '@medaccord/domain';
import { contractAmong } from './adjudication-reader.js';

const prices = { type: 'share-of-charges', share: 10_000, category: 'any' } as const;

/** A contract of the hospital, in force in 2026, that differs from an ordinary one only where told. */
function contract(id: string, changes: Partial<FeeScheduleBody> = {}, hospitalMsp = 'HospitalMSP'): FeeScheduleDocument {
  const body = { name: id, network: 'west', currency: 'USD', from: '2026-01-01', thru: '2026-12-31', prices, ...changes };
  return { kind: 'fee-schedule', id, version: 1, body, parties: { insurerMsp: 'InsurerMSP', hospitalMsp } } as FeeScheduleDocument;
}

const stays = contract('stays', { settings: ['inpatient'] });
const outside = contract('outside', { outOfNetwork: { balanceBilling: true } });
const wanted = { hospitalMsp: 'HospitalMSP', network: 'west', setting: 'professional', date: '2026-06-30' } as const;

describe('the contract that prices a claim', () => {
  test.each<[string, readonly FeeScheduleDocument[], Partial<Parameters<typeof contractAmong>[1]>, string | undefined]>([
    ['is one for professional claims where it names no kind', [stays, contract('plain')], {}, 'plain'],
    ['is one for the claim’s kind', [contract('plain'), stays], { setting: 'inpatient' }, 'stays'],
    ['is none where no kind fits', [contract('plain'), stays], { setting: 'outpatient' }, undefined],
    ['is one of the network before one for hospitals outside it', [outside, contract('plain')], {}, 'plain'],
    ['is one for hospitals outside the network where there is no other', [outside, stays], {}, 'outside'],
    ['is in force on the day', [contract('plain')], { date: '2027-01-01' }, undefined],
    ['is of the plan’s network', [contract('plain')], { network: 'east' }, undefined],
    ['is of the hospital', [contract('plain', {}, 'MercyMSP')], {}, undefined],
  ])('%s', (_, contracts, changes, expected) => {
    expect(contractAmong(contracts, { ...wanted, ...changes })?.id).toBe(expected);
  });
});
