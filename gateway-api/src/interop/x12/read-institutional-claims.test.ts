import { examineAtFrontEnd } from '@medaccord/domain';
import type { ReadingMode } from './issue.js';
import { readClaims } from './read-claims.js';
import type { ClaimFileItem } from './read-claims.js';

const CLAIM = [
  'CLM*STAY-1*1500***11:A:1**A*Y*Y',
  'DTP*096*TM*1130',
  'DTP*434*RD8*20260102-20260105',
  'DTP*435*DT*202601020815',
  'CL1*1*2*01',
  'REF*G1*AUTH1',
  'HI*ABK:J18.9:::::::Y',
  'HI*ABJ:R0602',
  'HI*DR:470',
  'HI*ABF:E119:::::::N*ABF:I10',
  'HI*BBR:0SRC0J9:D8:20260102',
  'HI*BBQ:0BJ08ZZ',
  'HI*BI:74:RD8:20260103-20260104',
  'HI*BH:A1:D8:20251231*BH:A2:D8:20260101',
  'HI*BE:80:::4*BE:A1:::12.5',
  'HI*BG:09*BG:C5',
  'NM1*71*1*ATTENDER*ADA****XX*1234567893',
  'PRV*AT*PXC*207R00000X',
  'NM1*72*1*OPERATOR*OLA****XX*1245319599',
  'NM1*ZZ*1*HELPER*HAL****XX*1234567893',
  'LX*1',
  'SV2*0120**1000*DA*3**200',
  'LX*2',
  'SV2*0250*HC:J1885:59*500*UN*2',
  'DTP*472*D8*20260103',
  'REF*6R*LINE-2',
];

function file(claim: readonly string[] = CLAIM, version = '005010X223A2'): string {
  const body = [
    `ST*837*0001*${version}`,
    'BHT*0019*00*BATCH9*20260110*1200*CH',
    'NM1*41*2*SENDER*****46*S1',
    'NM1*40*2*RECEIVER*****46*R1',
    'HL*1**20*1',
    'NM1*85*2*SAMPLE HOSPITAL*****XX*1234567893',
    'N3*2 MAIN ST',
    'N4*SAMPLETON*NV*89109',
    'REF*EI*123456789',
    'HL*2*1*22*0',
    'SBR*P*18*******CI',
    'NM1*IL*1*SAMPLE*SOLE****MI*MEMBER1',
    'DMG*D8*19800102*F',
    'NM1*PR*2*PAYER*****PI*P1',
    ...claim,
  ];
  const whole = ['ISA*00*          *00*          *ZZ*SENDER         *ZZ*RECEIVER       *260110*1200*^*00501*000000001*0*T*:', `GS*HC*S1*R1*20260110*1200*7*X*${version}`, ...body, `SE*${body.length + 1}*0001`, 'GE*1*7', 'IEA*1*000000001'];

  return whole.map((segment) => `${segment}~\n`).join('');
}

async function read(text: string, mode: ReadingMode = 'lenient'): Promise<readonly ClaimFileItem[]> {
  const items: ClaimFileItem[] = [];
  for await (const item of readClaims([Buffer.from(text)], mode)) items.push(item);
  return items;
}

/** The claim with a segment replaced by others. */
function replaced(segment: string, ...others: readonly string[]): readonly string[] {
  return CLAIM.flatMap((one) => (one === segment ? others : [one]));
}

describe('an institution’s claim', () => {
  test('has all that the claim document holds, and passes the front end', async () => {
    const [item] = await read(file(), 'strict');

    expect(item).toMatchObject({
      kind: 'claim',
      patientControlNumber: 'STAY-1',
      content: {
        type: 'I',
        frequency: '1',
        totalChargeMinor: 150_000,
        acceptsAssignment: true,
        benefitsAssigned: true,
        priorAuthorisation: 'AUTH1',
        institutional: {
          facilityType: '11',
          statementFrom: '2026-01-02',
          statementThru: '2026-01-05',
          admission: { date: '2026-01-02', time: '0815', type: '1', source: '2' },
          dischargeTime: '1130',
          patientStatus: '01',
          drg: '470',
          procedures: [{ qualifier: 'BBR', code: '0SRC0J9', date: '2026-01-02' }, { qualifier: 'BBQ', code: '0BJ08ZZ' }],
          conditions: ['09', 'C5'],
          occurrences: [{ code: '74', from: '2026-01-03', thru: '2026-01-04' }, { code: 'A1', from: '2025-12-31' }, { code: 'A2', from: '2026-01-01' }],
          values: [{ code: '80', amountMinor: 400 }, { code: 'A1', amountMinor: 1250 }],
          attending: { entity: 'person', npi: '1234567893', name: 'ATTENDER, ADA', taxonomy: '207R00000X' },
          operating: { entity: 'person', npi: '1245319599', name: 'OPERATOR, OLA' },
          otherOperating: { entity: 'person', npi: '1234567893', name: 'HELPER, HAL' },
        },
        diagnoses: [
          { qualifier: 'ABK', code: 'J189', presentOnAdmission: 'Y' }, { qualifier: 'ABJ', code: 'R0602' }, { qualifier: 'ABF', code: 'E119', presentOnAdmission: 'N' }, { qualifier: 'ABF', code: 'I10' },
        ],
        lines: [
          {
            number: 1, procedure: { qualifier: 'NU', code: '0120', modifiers: [] }, revenueCode: '0120', chargeMinor: 100_000, nonCoveredMinor: 20_000,
            quantity: { unit: 'DA', thousandths: 3000 }, diagnosisPointers: [], serviceFrom: '2026-01-02', serviceThru: '2026-01-05',
          },
          {
            number: 2, controlNumber: 'LINE-2', procedure: { qualifier: 'HC', code: 'J1885', modifiers: ['59'] }, revenueCode: '0250', chargeMinor: 50_000,
            quantity: { unit: 'UN', thousandths: 2000 }, serviceFrom: '2026-01-03', serviceThru: '2026-01-03',
          },
        ],
      },
    });
    expect(item).not.toHaveProperty('content.placeOfService');
    if (item?.kind === 'claim') expect(examineAtFrontEnd(item.content, '2026-01-10')).toEqual([]);
  });

  test.each<[string, readonly string[], object]>([
    ['no statement', replaced('DTP*434*RD8*20260102-20260105'), { institutional: { statementFrom: '', statementThru: '' } }],
    ['a statement of one day', replaced('DTP*434*RD8*20260102-20260105', 'DTP*434*D8*20260102'), { institutional: { statementFrom: '2026-01-02', statementThru: '2026-01-02' } }],
    ['a statement that is none', replaced('DTP*434*RD8*20260102-20260105', 'DTP*434*RD8*20260105-20260102'), { institutional: { statementFrom: '20260105-20260102' } }],
    ['an admission without its hour', replaced('DTP*435*DT*202601020815', 'DTP*435*D8*20260102'), { institutional: { admission: { date: '2026-01-02', type: '1', source: '2' } } }],
    ['an interim bill', replaced('CLM*STAY-1*1500***11:A:1**A*Y*Y', 'CLM*STAY-1*1500***11:A:2**A*Y*Y'), { frequency: '2' }],
    ['an attending provider without number', replaced('NM1*71*1*ATTENDER*ADA****XX*1234567893', 'NM1*71*1*ATTENDER*ADA'), { institutional: { attending: { entity: 'person', name: 'ATTENDER, ADA' } } }],
  ])('with %s is still read, for the front end to judge', async (_, claim, content) => {
    expect(await read(file(claim))).toMatchObject([{ kind: 'claim', content }]);
  });

  test('cut at another separator is read throughout, and said once', async () => {
    const items = await read(file().replace(/^(CLM|HI|SV2).*/gm, (segment) => segment.replaceAll(':', '>')));

    expect(items.map((item) => (item.kind === 'issue' ? item.issue.code : item.kind))).toEqual(['COMPONENT_SEPARATOR_DIFFERS', 'claim']);
    expect(items[1]).toMatchObject({ content: { institutional: { drg: '470', conditions: ['09', 'C5'] }, diagnoses: [{ presentOnAdmission: 'Y' }, {}, {}, {}] } });
  });

  test('of a transaction that does not say its guide is known by its services', async () => {
    const text = file(CLAIM, '').replace(/\*\*?~/g, '~');

    expect((await read(text)).filter(({ kind }) => kind === 'claim')).toMatchObject([{ content: { type: 'I' } }]);
  });
});

describe('an institution’s claim that cannot be read', () => {
  test.each<[string, readonly string[], object]>([
    ['a value that is no amount', replaced('HI*BE:80:::4*BE:A1:::12.5', 'HI*BE:80:::4*BE:A1:::X'), { reason: 'NOT_AN_AMOUNT', segmentId: 'HI', element: 2 }],
    ['a non-covered charge that is none', replaced('SV2*0120**1000*DA*3**200', 'SV2*0120**1000*DA*3**X'), { reason: 'NOT_AN_AMOUNT', segmentId: 'SV2', element: 7 }],
    ['a quantity that is none', replaced('SV2*0120**1000*DA*3**200', 'SV2*0120**1000*DA*X'), { reason: 'NOT_A_QUANTITY', segmentId: 'SV2', element: 5 }],
    ['a line without service', replaced('SV2*0120**1000*DA*3**200'), { reason: 'SERVICE_MISSING', segmentId: 'LX' }],
    ['a professional service', replaced('SV2*0120**1000*DA*3**200', 'SV1*HC:G0463*1000*UN*3***1'), { reason: 'UNSUPPORTED_TRANSACTION', segmentId: 'SV1' }],
    ['more than 999 lines', [...CLAIM, ...Array.from({ length: 998 }, (_, index) => [`LX*${index + 3}`, 'SV2*0250**1*UN*1']).flat()], { reason: 'TOO_MANY_LINES', segmentId: 'LX' }],
  ])('for %s names the segment', async (_, claim, fault) => {
    expect((await read(file(claim))).filter(({ kind }) => kind !== 'issue')).toMatchObject([{ kind: 'unreadable', patientControlNumber: 'STAY-1', fault }]);
  });
});
