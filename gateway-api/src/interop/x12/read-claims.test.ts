import { readClaims } from './read-claims.js';
import type { ClaimFileItem } from './read-claims.js';
import type { ReadingMode } from './issue.js';

const CLAIM = [
  'CLM*PCN-1*150***11:B:1*Y*A*Y*Y**AA:OA::NV',
  'DTP*439*D8*20260101',
  'REF*G1*AUTH1',
  'HI*ABK:Z00.00*ABF:E119',
  'NM1*DN*1*REFERRER*ROBIN****XX*1234567893',
  'NM1*82*1*RENDERER*RAE****XX*1245319599',
  'PRV*PE*PXC*207Q00000X',
  'NM1*77*2*SAMPLE FACILITY*****XX*1234567893',
  'N3*1 MAIN ST',
  'N4*SAMPLETON*NV*89109',
  'SBR*S*18*******CI',
  'CAS*PR*1*20',
  'NM1*IL*1*ELSEWHERE*PAT****MI*OTHERID',
  'LX*1',
  'SV1*HC:G0439:25:59*100*UN*1.5***1:2**Y',
  'DTP*472*RD8*20260102-20260103',
  'REF*6R*LINE-1',
  'LIN**N4*00026063512',
  'CTP****10*ML',
  'NM1*82*1*SECOND*SAM****XX*1234567893',
  'LX*2',
  'SV1*HC:J1885*50*UN*1*12**1',
  'DTP*472*D8*20260102',
];

interface Edits {
  readonly replace?: readonly [string, string];
  readonly claim?: readonly string[];
  readonly version?: string;
}

function file({ replace: [from, to] = ['\0', '\0'], claim = CLAIM, version = '005010X222A1' }: Edits = {}): string {
  const body = [
    `ST*837*0001*${version}`,
    'BHT*0019*00*BATCH9*20260104*1200*CH',
    'NM1*41*2*SENDER*****46*S1',
    'NM1*40*2*RECEIVER*****46*R1',
    'HL*1**20*1',
    'PRV*BI*PXC*261Q00000X',
    'NM1*85*2*SAMPLE CLINIC*****XX*1234567893',
    'N3*2 MAIN ST',
    'N4*SAMPLETON*NV*89109',
    'REF*EI*123456789',
    'HL*2*1*22*1',
    'SBR*P**GROUP1******CI',
    'NM1*IL*1*SAMPLE*SOLE****MI*MEMBER1',
    'NM1*PR*2*PAYER*****PI*P1',
    'HL*3*2*23*0',
    'PAT*19',
    'NM1*QC*1*SAMPLE*CHILD',
    'N3*3 MAIN ST',
    'N4*SAMPLETON*CA*89109',
    'DMG*D8*20150607*F',
    ...claim,
    'HL*4*1*22*0',
    'SBR*P*18*******CI',
    'NM1*IL*1*LAST*LEE****MI*MEMBER2',
    'CLM*PCN-2*10***11:B:1*Y*A*N*Y',
    'HI*ABK:Z0000',
    'LX*1',
    'SV1*HC:G0008*10*UN*1***1',
    'DTP*472*D8*20260102',
  ];
  const whole = ['ISA*00*          *00*          *ZZ*SENDER         *ZZ*RECEIVER       *260102*1200*^*00501*000000001*0*T*:', `GS*HC*S1*R1*20260102*1200*7*X*${version}`, ...body, `SE*${body.length + 1}*0001`, 'GE*1*7', 'IEA*1*000000001'];

  return whole.map((segment) => `${segment.replace(from, to)}~\n`).join('');
}

async function read(text: string, mode: ReadingMode = 'lenient'): Promise<ClaimFileItem[]> {
  const items: ClaimFileItem[] = [];
  for await (const item of readClaims([Buffer.from(text)], mode)) items.push(item);
  return items;
}

describe('a claim of a file', () => {
  test('has all that the claim document holds', async () => {
    const [first] = await read(file(), 'strict');

    expect(first).toEqual({
      kind: 'claim',
      number: 1,
      position: 23,
      patientControlNumber: 'PCN-1',
      content: {
        type: 'P',
        frequency: '1',
        patientControlNumber: 'PCN-1',
        currency: 'USD',
        totalChargeMinor: 15_000,
        placeOfService: '11',
        acceptsAssignment: true,
        benefitsAssigned: true,
        priorAuthorisation: 'AUTH1',
        accident: { kinds: ['AA', 'OA'], date: '2026-01-01', state: 'NV' },
        billing: { entity: 'organisation', npi: '1234567893', name: 'SAMPLE CLINIC', taxonomy: '261Q00000X', taxId: '123456789', state: 'NV' },
        rendering: { entity: 'person', npi: '1245319599', name: 'RENDERER, RAE', taxonomy: '207Q00000X' },
        referring: { entity: 'person', npi: '1234567893', name: 'REFERRER, ROBIN' },
        serviceFacility: { entity: 'organisation', npi: '1234567893', name: 'SAMPLE FACILITY', state: 'NV' },
        subscriber: { memberId: 'MEMBER1', familyName: 'SAMPLE', givenName: 'SOLE', groupNumber: 'GROUP1', payerSequence: 'P', filingIndicator: 'CI' },
        patient: { relationship: '19', familyName: 'SAMPLE', givenName: 'CHILD', birthDate: '2015-06-07', sex: 'F', state: 'CA' },
        diagnoses: [{ qualifier: 'ABK', code: 'Z0000' }, { qualifier: 'ABF', code: 'E119' }],
        lines: [
          {
            number: 1,
            controlNumber: 'LINE-1',
            procedure: { qualifier: 'HC', code: 'G0439', modifiers: ['25', '59'] },
            chargeMinor: 10_000,
            quantity: { unit: 'UN', thousandths: 1500 },
            diagnosisPointers: [1, 2],
            serviceFrom: '2026-01-02',
            serviceThru: '2026-01-03',
            rendering: { entity: 'person', npi: '1234567893', name: 'SECOND, SAM' },
            emergency: true,
            drugCode: '00026063512',
          },
          {
            number: 2,
            procedure: { qualifier: 'HC', code: 'J1885', modifiers: [] },
            chargeMinor: 5000,
            quantity: { unit: 'UN', thousandths: 1000 },
            placeOfService: '12',
            diagnosisPointers: [1],
            serviceFrom: '2026-01-02',
            serviceThru: '2026-01-02',
          },
        ],
        trace: { interchangeControl: '000000001', groupControl: '7', transactionControl: '0001', batchReference: 'BATCH9' },
      },
    });
  });

  test('without a patient level is the subscriber’s own', async () => {
    const [, second] = await read(file(), 'strict');

    expect(second).toMatchObject({ kind: 'claim', number: 2, content: { subscriber: { memberId: 'MEMBER2' }, benefitsAssigned: false } });
    expect(second).not.toHaveProperty('content.patient');
  });

  test.each<[string, readonly [string, string], object]>([
    ['a date that does not exist', ['DTP*472*RD8*20260102-20260103', 'DTP*472*D8*20260230'], { lines: [{ serviceFrom: '20260230', serviceThru: '20260230' }, {}] }],
    ['no date of service', ['DTP*472*RD8*20260102-20260103', 'DTP*471*D8*20260102'], { lines: [{ serviceFrom: '', serviceThru: '' }, {}] }],
    ['a pointer that points nowhere', ['***1:2**Y', '***1:X**Y'], { lines: [{ diagnosisPointers: [1, 0] }, {}] }],
    ['pointers in letters, as on paper', ['***1:2**Y', '***A:B**Y'], { lines: [{ diagnosisPointers: [1, 2] }, {}] }],
    ['no billing identifiers', ['NM1*85*2*SAMPLE CLINIC*****XX*1234567893', 'NM1*85*2*SAMPLE CLINIC'], { billing: { entity: 'organisation', name: 'SAMPLE CLINIC' } }],
    ['no quantity', ['*UN*1.5*', '***'], { lines: [{ quantity: { unit: '', thousandths: 0 } }, {}] }],
    ['no subscriber', ['NM1*IL*1*SAMPLE*SOLE****MI*MEMBER1', 'NM1*XX*1'], { subscriber: { memberId: '', familyName: '' } }],
    ['other components than the header says', ['CLM*PCN-1*150***11:B:1', 'CLM*PCN-1*150***11>B>7'], { placeOfService: '11', frequency: '7' }],
    ['a principal diagnosis in second place', ['HI*ABK:Z00.00*ABF:E119', 'HI*BF:E119*BK:Z0000*BG:09'], { diagnoses: [{ qualifier: 'BK', code: 'Z0000' }, { qualifier: 'BF', code: 'E119' }] }],
  ])('with %s is still read, for the front end to judge', async (_, replace, content) => {
    const items = (await read(file({ replace }))).filter(({ kind }) => kind !== 'issue');

    expect(items[0]).toMatchObject({ kind: 'claim', content });
    expect(items[1]).toMatchObject({ kind: 'claim', patientControlNumber: 'PCN-2' });
  });

  test('components cut at another separator are read throughout, and said once', async () => {
    const items = await read(file().replace(/^(CLM|HI|SV1).*/gm, (segment) => segment.replaceAll(':', '>')));

    expect(items.map((item) => (item.kind === 'issue' ? item.issue.code : item.kind))).toEqual(['COMPONENT_SEPARATOR_DIFFERS', 'claim', 'claim']);
    expect(items[1]).toMatchObject({
      content: {
        accident: { kinds: ['AA', 'OA'], state: 'NV' },
        diagnoses: [{ code: 'Z0000' }, { code: 'E119' }],
        lines: [{ procedure: { code: 'G0439', modifiers: ['25', '59'] }, diagnosisPointers: [1, 2] }, {}],
      },
    });
  });

  test('a thirteenth diagnosis is left out, and said', async () => {
    const items = await read(file({ replace: ['HI*ABK:Z00.00*ABF:E119', `HI*ABK:Z0000${'*ABF:E119'.repeat(12)}`] }));

    expect(items[0]).toMatchObject({ kind: 'issue', issue: { code: 'VALUE_DROPPED', segmentId: 'HI' } });
    expect(items[1]).toMatchObject({ kind: 'claim' });
  });
});

describe('a claim that cannot be read', () => {
  test.each<[string, Edits, object]>([
    ['a total that is no amount', { replace: ['CLM*PCN-1*150*', 'CLM*PCN-1*1,50*'] }, { reason: 'NOT_AN_AMOUNT', segmentId: 'CLM', position: 23, element: 2 }],
    ['a negative charge', { replace: ['*100*UN', '*-100*UN'] }, { reason: 'NOT_AN_AMOUNT', segmentId: 'SV1', position: 37, element: 2 }],
    ['a quantity that is no number', { replace: ['*UN*1.5*', '*UN*ONE*'] }, { reason: 'NOT_A_QUANTITY', segmentId: 'SV1', position: 37, element: 4 }],
    ['a line without service', { claim: CLAIM.filter((segment) => !segment.startsWith('SV1*HC:J1885')) }, { reason: 'SERVICE_MISSING', segmentId: 'LX', position: 43 }],
    ['a text longer than a claim holds', { replace: ['REF*6R*LINE-1', `REF*6R*${'9'.repeat(81)}`] }, { reason: 'TOO_LONG', segmentId: 'REF', position: 39, element: 2 }],
    ['more than 50 lines', { claim: [...CLAIM, ...Array.from({ length: 49 }, (_, index) => `LX*${index + 3}~\nSV1*HC:G0008*1*UN*1***1`)] }, { reason: 'TOO_MANY_LINES', segmentId: 'LX', position: 142 }],
    ['an institutional service', { replace: ['SV1*HC:J1885*50*UN*1*12**1', 'SV2*0300*HC:J1885*50*UN*1'] }, { reason: 'UNSUPPORTED_TRANSACTION', segmentId: 'SV2', position: 44 }],
  ])('for %s names the segment, and the next claim is read', async (_, edits, fault) => {
    const items = (await read(file(edits))).filter(({ kind }) => kind !== 'issue');

    expect(items[0]).toEqual({ kind: 'unreadable', number: 1, position: 23, patientControlNumber: 'PCN-1', fault });
    expect(items[1]).toMatchObject({ kind: 'claim', number: 2, patientControlNumber: 'PCN-2' });
    expect(items).toHaveLength(2);
  });

  test('of a dental transaction names its ST', async () => {
    const items = await read(file({ version: '005010X224A2' }));

    expect(items).toMatchObject([
      { kind: 'unreadable', number: 1, fault: { reason: 'UNSUPPORTED_TRANSACTION', segmentId: 'ST', position: 3 } },
      { kind: 'unreadable', number: 2, fault: { reason: 'UNSUPPORTED_TRANSACTION', segmentId: 'ST', position: 3 } },
    ]);
  });

  test('of a transaction that strict reading refuses names what is wrong with it', async () => {
    const items = await read(file().replace(/SE\*\d+/, 'SE*1'), 'strict');

    expect(items.map((item) => (item.kind === 'unreadable' ? item.fault : item.kind))).toEqual([
      'issue',
      { reason: 'TRANSACTION_REFUSED', segmentId: 'SE', position: 54, element: 1 },
      { reason: 'TRANSACTION_REFUSED', segmentId: 'SE', position: 54, element: 1 },
    ]);
  });

  test('carries no value of the file but the hospital’s own claim number', async () => {
    const items = await read(file({ replace: ['CLM*PCN-1*150*', 'CLM*PCN-1*SECRET*'] }));

    expect(JSON.stringify(items.filter(({ kind }) => kind === 'unreadable'))).not.toMatch(/SECRET|SAMPLE|MEMBER|SOLE|CHILD/);
  });
});
