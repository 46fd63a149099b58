import type { ClaimContent } from '@medaccord/domain';
import { readClaims } from './read-claims.js';
import type { ClaimFileItem } from './read-claims.js';

const ENVELOPE = ['ISA*00*          *00*          *ZZ*SENDER         *ZZ*RECEIVER       *260102*1200*^*00501*000000001*0*T*:', 'GS*HC*S1*R1*20260102*1200*7*X*005010X222A1'];
const HEAD = ['BHT*0019*00*BATCH9*20260104*1200*CH', 'HL*1**20*1', 'NM1*85*2*SAMPLE CLINIC*****XX*1234567893', 'HL*2*1*22*0'];
const LINES = ['LX*1', 'SV1*HC:G0439*100*UN*1***1', 'DTP*472*D8*20260102'];
const payer = (sequence: string, id: string, ...more: readonly string[]): readonly string[] => [`SBR*${sequence}*18*******CI`, ...more.filter((text) => !/^(DTP|REF)/.test(text)), `NM1*PR*2*PAYER ${id}*****PI*${id}`, ...more.filter((text) => /^(DTP|REF)/.test(text))];

async function read(ours: string, payers: readonly string[], lines: readonly string[] = LINES): Promise<{ readonly items: readonly ClaimFileItem[]; readonly claim: ClaimContent | undefined }> {
  const body = ['ST*837*0001*005010X222A1', ...HEAD, `SBR*${ours}*18*******CI`, 'NM1*IL*1*SAMPLE*SOLE****MI*MEMBER1', 'CLM*PCN-1*100***11:B:1*Y*A*Y*Y', 'HI*ABK:Z0000', ...payers, ...lines];
  const text = [...ENVELOPE, ...body, `SE*${body.length + 1}*0001`, 'GE*1*7', 'IEA*1*000000001'].map((segment) => `${segment}~`).join('\n');
  const items: ClaimFileItem[] = [];
  for await (const item of readClaims([Buffer.from(text)], 'strict')) items.push(item);
  const [claim] = items.flatMap((item) => (item.kind === 'claim' ? [item.content] : []));
  return { items, claim };
}

const otherPayersOf = async (...args: Parameters<typeof read>): Promise<unknown> => (await read(...args)).claim?.otherPayers;

describe('payers before the one that a claim is sent to', () => {
  test('decisions by line, each under the payer that made it, in the order of the payers', async () => {
    const payers = [...payer('S', 'TWO'), ...payer('P', 'ONE', 'REF*F8*ONES-NUMBER')];
    const lines = [...LINES, 'SVD*ONE*60*HC:G0439**1', 'CAS*CO*45*20**253*1.5', 'CAS*PR*2*18.5', 'DTP*573*D8*20260110', 'SVD*TWO*8.5*HC:G0439**1', 'CAS*OA*23*81.5', 'CAS*PR*2*10', 'DTP*573*D8*20260120'];
    expect(await otherPayersOf('T', payers, lines)).toEqual([
      {
        payerSequence: 'P', name: 'PAYER ONE', claimNumber: 'ONES-NUMBER',
        reported: { decidedOn: '2026-01-10', lines: [{ number: 1, paidMinor: 60_00, adjustments: [{ group: 'CO', reason: '45', amountMinor: 20_00 }, { group: 'CO', reason: '253', amountMinor: 1_50 }, { group: 'PR', reason: '2', amountMinor: 18_50 }] }] },
      },
      { payerSequence: 'S', name: 'PAYER TWO', reported: { decidedOn: '2026-01-20', lines: [{ number: 1, paidMinor: 8_50, adjustments: [{ group: 'OA', reason: '23', amountMinor: 81_50 }, { group: 'PR', reason: '2', amountMinor: 10_00 }] }] } },
    ]);
  });

  test('a decision on the whole claim is that of its one line', async () => {
    const payers = payer('P', 'ONE', 'CAS*PR*1*40', 'AMT*D*60', 'DTP*573*D8*20260110');
    expect(await otherPayersOf('S', payers)).toEqual([{ payerSequence: 'P', name: 'PAYER ONE', reported: { decidedOn: '2026-01-10', lines: [{ number: 1, paidMinor: 60_00, adjustments: [{ group: 'PR', reason: '1', amountMinor: 40_00 }] }] } }]);
  });

  test('a decision on the whole of several lines is left out, and said so', async () => {
    const { items, claim } = await read('S', payer('P', 'ONE', 'AMT*D*60'), [...LINES, 'LX*2', ...LINES.slice(1)]);
    expect(claim?.otherPayers).toEqual([{ payerSequence: 'P', name: 'PAYER ONE' }]);
    expect(JSON.stringify(items)).toContain('"segmentId":"AMT"');
  });

  test('a decision without a date is the front end’s to refuse', async () => {
    expect(await otherPayersOf('S', payer('P', 'ONE', 'AMT*D*100'))).toMatchObject([{ reported: { decidedOn: '', lines: [{ paidMinor: 100_00 }] } }]);
  });

  test('payers after ours are not listed, nor are there any where ours is first', async () => {
    expect(await otherPayersOf('P', payer('S', 'TWO'))).toBeUndefined();
    expect(await otherPayersOf('S', payer('T', 'THREE'))).toBeUndefined();
  });

  test('an amount that is none makes the claim unreadable', async () => {
    const { items } = await read('S', payer('P', 'ONE', 'AMT*D*100', 'CAS*PR*1*x'));
    expect(items).toMatchObject([{ kind: 'unreadable', fault: { reason: 'NOT_AN_AMOUNT', segmentId: 'CAS' } }]);
  });
});
