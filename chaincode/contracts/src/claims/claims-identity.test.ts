import type { AdjudicateClaims, ClaimContent, Command, IdentityFact, Recomputation, ReviewItem } from '@medaccord/domain';
import { addDays } from '@medaccord/domain';
import { inRole } from '../testing/founded-registry.js';
import { ClaimsTown, SERVICE_DAY } from './testing/claims-town.js';
import { claim, service } from './testing/terms.js';

/** Golden scenario k: the licence is linked to the old number, which is replaced from a day in the past on. */
const [OLD, NEW] = ['1234567893', '1679576722'] as const;
const from = addDays(SERVICE_DAY, 10);
const replaced: IdentityFact = { type: 'REPLACED', npi: OLD, by: NEW, from };

interface Waiting {
  readonly claimId: string;
  readonly command: AdjudicateClaims;
}

describe('a number that is replaced in the middle of the year', () => {
  let town: ClaimsTown;
  let terms: { readonly planId: string; readonly feeScheduleId: string };
  let members = 0;
  let paid: Waiting;
  let pended: Waiting;

  const under = (npi: string, day: string): ClaimContent => ({ ...claim(`M-${(members += 1)}`, service(day)), rendering: { entity: 'person', npi, name: 'Ada Byron' } });
  const submitted = async (npi: string, day: string): Promise<Waiting> => {
    const content = under(npi, day);
    const insured = await town.enrol(content, terms.planId);
    const [claimId = ''] = await town.submit(content);
    return { claimId, command: await town.adjudication([claimId], { ...terms, ...insured }) };
  };
  const decide = async ({ command }: Waiting): Promise<string | undefined> => {
    const [item] = (await town.apply('claims-examiner', command)).body.items;
    return item?.decision ?? item?.reasons?.[0];
  };
  const say = async (who: 'hospital' | 'insurer' | 'board', type: string): Promise<void> => {
    const by = await inRole(town.network, who, who === 'board' ? 'registrar' : 'credentialing');
    const { result } = await by.submit('registry', 'recordIdentities', { items: [{ type, fact: replaced, ...(type === 'PROPOSE' && { evidenceHash: 'e'.repeat(64) }) }] });
    expect(result).not.toContain('REFUSED');
  };
  const review = (npi: string): Promise<readonly ReviewItem[]> => town.read<readonly ReviewItem[]>('claims-examiner', 'listForReview', npi, '2020-01-01', '2100-01-01');

  beforeAll(async () => {
    town = await ClaimsTown.start();
    terms = await town.insure();
    const registrar = await inRole(town.network, 'board', 'registrar');
    await registrar.submit('registry', 'registerProviders', { items: [{ npi: NEW, type: 'individual', name: { family: 'Byron', given: 'Ada' }, taxonomies: [] }] });
    paid = await submitted(OLD, addDays(from, 1));
    pended = await submitted(NEW, from);
    expect([await decide(paid), await decide(pended)]).toEqual(['ZERO_PAY', 'credential/v1 credential-unknown']);
  }, 120_000);

  afterAll(async () => {
    await town.stop();
  });

  test('that one organisation alone tells of changes nothing', async () => {
    await say('hospital', 'PROPOSE');
    expect(await decide(await submitted(NEW, from))).toBe('credential/v1 credential-unknown');
  });

  test('told by two while an adjudication is under way makes it conflict instead of slipping through', async () => {
    const waiting = await submitted(NEW, addDays(from, 2));
    const command: Command = town.command('claims-examiner', waiting.command);
    expect(await town.endorseThen('claims-examiner', command, () => say('insurer', 'CONFIRM'))).toBe(11);
    expect(await town.send('claims-examiner', command)).toMatchObject({ code: 0 });
  });

  test('pays services under the old number before the day and under the new one whenever; under the old one since, a person looks', async () => {
    expect(await decide(await submitted(OLD, addDays(from, -1)))).toBe('ZERO_PAY');
    expect(await decide(await submitted(NEW, addDays(from, -1)))).toBe('ZERO_PAY');
    expect(await decide(await submitted(NEW, from))).toBe('ZERO_PAY');
    expect(await decide(await submitted(OLD, from))).toBe('credential/v1 credential-unknown');
    expect(await decide(pended)).toBe('ZERO_PAY');
  });

  test('lists for review what was decided without knowing of it, and leaves it as it was', async () => {
    expect(await review(OLD)).toEqual([expect.objectContaining({ claimId: paid.claimId, decidedWith: [expect.objectContaining({ authority: 'FULL' })], knownNow: [expect.objectContaining({ authority: 'UNKNOWN' })] })]);
    expect(await review(NEW)).toEqual([]);
    expect(await town.read<Recomputation>('denials', 'recompute', paid.claimId)).toMatchObject({ same: true, standingsAgree: true });
    expect(await town.read<Recomputation>('denials', 'recompute', pended.claimId)).toMatchObject({ same: true, standings: [{ npi: NEW, licences: [{ npi: OLD }], identity: [{ npi: NEW, knownAt: 2 }, { npi: OLD, knownAt: 2 }] }] });
  });

  test('that was told wrongly is taken back by two: what was paid because of it is listed, and still computes as it was known', async () => {
    await say('board', 'DISPUTE');
    expect(await review(NEW)).toEqual([]);
    await say('hospital', 'VOID');
    expect((await review(NEW)).map(({ claimId }) => claimId)).toContain(pended.claimId);
    expect(await review(OLD)).toEqual([]);
    expect(await town.read<Recomputation>('denials', 'recompute', pended.claimId)).toMatchObject({ same: true });
  });
});
