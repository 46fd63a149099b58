import type { AdjudicateClaims, Command, Recomputation, ReviewItem } from '@medaccord/domain';
import { addDays } from '@medaccord/domain';
import { boardDesk, orderOf, reinstated, suspended } from '../testing/board-desk.js';
import type { BoardDesk } from '../testing/board-desk.js';
import { refusalOf } from '../testing/contract-network.js';
import type { Committed } from '../testing/contract-network.js';
import { organisations } from '../testing/organisations.js';
import { BOTH, ClaimsTown, HOSPITAL, INSURER, LICENCE, SERVICE_DAY } from './testing/claims-town.js';
import { claim, service } from './testing/terms.js';

interface Waiting {
  readonly claimId: string;
  readonly command: AdjudicateClaims;
}

/** The day E on which a suspension takes effect; it is recorded later, on R, which is today. */
const effective = addDays(SERVICE_DAY, 10);
const NPI = '1234567893';

describe('a suspension that is recorded after it took effect', () => {
  let town: ClaimsTown;
  let terms: { readonly planId: string; readonly feeScheduleId: string };
  let desk: BoardDesk;
  let members = 0;
  let before: Waiting;
  let between: Waiting;

  const submitted = async (day: string): Promise<Waiting> => {
    members += 1;
    const content = claim(`M-${members}`, service(day));
    const insured = await town.enrol(content, terms.planId);
    const [claimId = ''] = await town.submit(content);
    return { claimId, command: await town.adjudication([claimId], { ...terms, ...insured }) };
  };
  const decide = async ({ command }: Waiting): Promise<string | undefined> => (await town.apply('claims-examiner', command)).body.items[0]?.decision;
  const suspend = (expectedSequence: number): Promise<Committed> => desk.recordAlone(orderOf(LICENCE, expectedSequence, [suspended({ effectiveFrom: effective })]));
  const review = (): Promise<readonly ReviewItem[]> => town.read<readonly ReviewItem[]>('claims-examiner', 'listForReview', NPI, '2020-01-01', '2100-01-01');

  beforeAll(async () => {
    town = await ClaimsTown.start();
    terms = await town.insure();
    before = await submitted(SERVICE_DAY);
    between = await submitted(addDays(effective, 3));
    expect([await decide(before), await decide(between)]).toEqual(['ZERO_PAY', 'ZERO_PAY']);
    expect(await review()).toEqual([]);
    desk = await boardDesk(town.network);
    expect(await suspend(1)).toMatchObject({ code: 0 });
  }, 120_000);

  afterAll(async () => {
    await town.stop();
  });

  test('denies services after E, and pays services before it, whenever they are submitted', async () => {
    expect(await decide(await submitted(addDays(effective, -1)))).toBe('ZERO_PAY');
    expect(await decide(await submitted(effective))).toBe('DENIED');
  });

  test('lists for review what was decided without knowing of it, and only that', async () => {
    expect(await review()).toEqual([expect.objectContaining({
      claimId: between.claimId, npi: NPI, jurisdiction: 'CA',
      decidedWith: [expect.objectContaining({ authority: 'FULL' })], knownNow: [expect.objectContaining({ authority: 'NONE' })],
    })]);
  });

  test('leaves those decisions as they were: computed again as known then, they are the same bytes', async () => {
    for (const { claimId } of [before, between]) {
      const again = await town.read<Recomputation>('claims-examiner', 'recompute', claimId);
      expect(again).toMatchObject({ same: true, standingsAgree: true, standings: [{ licences: [{ knownAt: 1 }] }] });
      expect(again.recomputed).toEqual(again.recorded);
      expect(await town.read<Recomputation>('biller', 'recompute', claimId)).toEqual(again);
    }
  });

  test('that is committed while an adjudication is under way makes it conflict instead of slipping through', async () => {
    const waiting = await submitted(addDays(effective, -2));
    const command: Command = town.command('claims-examiner', waiting.command);
    const status = await town.endorseThen('claims-examiner', command, async () => {
      const { code } = await desk.record(orderOf(LICENCE, 2, [reinstated([2], addDays(effective, 20))]));
      expect(code).toBe(0);
    });
    expect(status).toBe(11);
    expect(await town.send('claims-examiner', command)).toMatchObject({ code: 0 });
  });

  test('a tick of the clock likewise: a transaction commits under the tick that it read, or not at all', async () => {
    const command = town.command('biller', { verb: 'submitClaims', items: [{ claimId: town.newId(), claim: claim('M-x', service(SERVICE_DAY)) }] });
    expect(await town.endorseThen('biller', command, () => town.tick())).toBe(11);
    expect(await town.send('biller', command)).toMatchObject({ code: 0 });
  });
});

describe('without a clock', () => {
  test('what a deadline counts for waits, the rest does not', async () => {
    const town = await ClaimsTown.startWithoutClock();
    try {
      const submission = town.command('biller', { verb: 'submitClaims', items: [{ claimId: town.newId(), claim: claim('M-1', service(SERVICE_DAY)) }] });
      expect((await refusalOf(town.send('biller', submission))).code).toBe('CLOCK_NOT_SET');
      await town.insure();
    } finally {
      await town.stop();
    }
  }, 120_000);
});

test('the parties of these tests are members by kind, not by name', () => {
  expect(BOTH).toEqual({ insurerMsp: INSURER, hospitalMsp: HOSPITAL });
  expect(organisations.insurer.kind).toBe('insurer');
});
