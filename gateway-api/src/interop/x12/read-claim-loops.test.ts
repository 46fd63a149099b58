import fc from 'fast-check';
import { readClaimLoops } from './read-claim-loops.js';
import type { ReadItem } from './read-claim-loops.js';
import type { ClaimLoop, Loop } from './claim-loops.js';
import type { ReadingMode } from './issue.js';
import { element } from './segment.js';

interface FileParts {
  readonly eol?: string;
  readonly terminator?: string;
  readonly element?: string;
  readonly component?: string;
  readonly segments?: readonly string[];
}

const BODY = [
  'BHT*0019*00*1*20260102*1200*CH',
  'NM1*41*2*SENDER*****46*S1',
  'NM1*40*2*RECEIVER*****46*R1',
  'HL*1**20*1',
  'NM1*85*2*CLINIC*****XX*1234567893',
  'HL*2*1*22*0',
  'SBR*P*18*******CI',
  'NM1*IL*1*SAMPLE*PAT****MI*M1',
  'CLM*A1*100***11:B:1*Y*A*Y*Y',
  'HI*ABK:Z00',
  'LX*1',
  'SV1*HC:G0001*100*UN*1***1',
  'DTP*472*D8*20260101',
  'HL*3*1*22*0',
  'SBR*P*18*******CI',
  'NM1*IL*1*OTHER*PAT****MI*M2',
  'CLM*A2*60***11:B:1*Y*A*Y*Y',
  'HI*ABK:Z00',
  'LX*1',
  'SV1*HC:G0001*40*UN*1***1',
  'LX*2',
  'SV1*HC:G0002*20*UN*1***1',
  'SBR*S*18*******CI',
  'NM1*PR*2*SECOND*****PI*P2',
];

const ISA = 'ISA*00*          *00*          *ZZ*SENDER         *ZZ*RECEIVER       *260102*1200*^*00501*000000001*0*T*:';

function file({ eol = '\n', terminator = '~', element: separator = '*', component = ':', segments }: FileParts = {}): string {
  const body = segments ?? [
    ISA,
    'GS*HC*S1*R1*20260102*1200*7*X*005010X222A1',
    'ST*837*0001*005010X222A1',
    ...BODY,
    `SE*${BODY.length + 2}*0001`,
    'GE*1*7',
    'IEA*1*000000001',
  ];

  return body.map((text) => text.replaceAll(':', component).replaceAll('*', separator) + terminator + eol).join('');
}

async function read(text: string | Uint8Array, mode: ReadingMode = 'strict', pieceLength = 7): Promise<ReadItem[]> {
  const bytes = typeof text === 'string' ? Buffer.from(text, 'latin1') : text;
  const pieces: Uint8Array[] = [];
  for (let at = 0; at < bytes.length; at += pieceLength) pieces.push(bytes.subarray(at, at + pieceLength));

  const items: ReadItem[] = [];
  for await (const item of readClaimLoops(pieces, mode)) items.push(item);
  return items;
}

const claimsOf = (items: readonly ReadItem[]): string[] => items.flatMap((item) => (item.kind === 'claim' ? [element(item.loop.start, 1)] : []));
const codesOf = (items: readonly ReadItem[]): string[] => items.flatMap((item) => (item.kind === 'issue' ? [item.issue.code] : []));

/** What a claim's loops hold, in short. */
function outline(loop: ClaimLoop): object {
  const parties = (of: Loop | undefined): string[] => (of?.parties ?? []).map(({ name }) => `${element(name, 1)} ${element(name, 9)}`);
  const context = loop.context;

  return {
    claim: element(loop.start, 1),
    transaction: [context?.interchangeControlNumber, context?.groupControlNumber, context?.transactionControlNumber].join('/'),
    billing: parties(loop.billing).map((text) => text.slice(0, 2)),
    subscriber: parties(loop.subscriber),
    otherPayers: loop.otherPayers.map(parties),
    lines: loop.lines.map(({ start }) => element(start, 1)),
  };
}

describe('reading claims from a file', () => {
  test('gives each claim with the levels above it and the loops inside it', async () => {
    const items = await read(file());

    expect(items.map((item) => (item.kind === 'claim' ? outline(item.loop) : item))).toEqual([
      { claim: 'A1', transaction: '000000001/7/0001', billing: ['85'], subscriber: ['IL M1'], otherPayers: [], lines: ['1'] },
      { claim: 'A2', transaction: '000000001/7/0001', billing: ['85'], subscriber: ['IL M2'], otherPayers: [['PR P2']], lines: ['1', '2'] },
    ]);
  });

  test.each([
    ['line feeds after the terminator', file()],
    ['CR LF after the terminator', file({ eol: '\r\n' })],
    ['no line breaks', file({ eol: '' })],
    ['a line feed as terminator', file({ terminator: '\n', eol: '' })],
    ['CR LF as terminator', file({ terminator: '\r', eol: '\n' })],
    ['unusual delimiters', file({ terminator: "'", element: '|', component: '>' })],
    ['control characters as delimiters', file({ terminator: '\x1c', element: '\x1d', component: '\x1f', eol: '' })],
    ['a UTF-8 mark in front', '\xef\xbb\xbf' + file()],
    ['blank lines around', '\r\n\r\n' + file() + '\n\n\x1a'],
    ['lines of 80 columns', file({ eol: '' }).replace(/.{80}/g, '$&\r\n')],
    ['UTF-16', Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(file(), 'utf16le')])],
  ])('reads a file with %s without any issue', async (_, text) => {
    for (const pieceLength of [1, 64, 100_000]) {
      const items = await read(text, 'strict', pieceLength);
      expect(codesOf(items)).toEqual([]);
      expect(claimsOf(items)).toEqual(['A1', 'A2']);
    }
  });

  test('reads several interchanges with delimiters of their own', async () => {
    const items = await read(file() + file({ terminator: '!', element: '|', eol: '' }) + file({ component: '>' }));

    expect(codesOf(items)).toEqual([]);
    expect(claimsOf(items)).toEqual(['A1', 'A2', 'A1', 'A2', 'A1', 'A2']);
  });

  test('an organisation name in UTF-8 and one in Latin-1 are both read', async () => {
    const utf8 = await read(Buffer.from(file().replace('CLINIC', 'CLÍNICA'), 'utf8'));
    const oneByte = await read(Buffer.from(file().replace('CLINIC', 'CLÍNICA'), 'latin1'));

    for (const items of [utf8, oneByte]) {
      expect(items.flatMap((item) => (item.kind === 'claim' ? (item.loop.billing?.parties ?? []) : [])).map(({ name }) => element(name, 3))).toEqual(['CLÍNICA', 'CLÍNICA']);
    }
  });
});

describe('a file that is not as the standard wants it', () => {
  const faults: readonly [string, (text: string) => string, string][] = [
    ['a wrong segment count', (text) => text.replace('SE*26', 'SE*99'), 'COUNT_MISMATCH'],
    ['no segment count', (text) => text.replace('SE*26', 'SE*'), 'COUNT_MISSING'],
    ['another control number in the trailer', (text) => text.replace('SE*26*0001', 'SE*26*0002'), 'CONTROL_NUMBER_MISMATCH'],
    ['no transaction trailer', (text) => text.replace('SE*26*0001~\n', ''), 'TRAILER_MISSING'],
    ['a header whose padding was lost', (text) => text.replace(/ +/g, ''), 'ISA_MALFORMED'],
    ['a header without a component separator', (text) => text.replace('*T*:', '*T*'), 'DELIMITER_GUESSED'],
    ['a header with an impossible terminator', (text) => text.replace('*T*:~', '*T*:X'), 'ISA_MALFORMED'],
    ['no interchange header', (text) => text.slice(text.indexOf('GS*')), 'ISA_MISSING'],
    ['neither interchange nor group header', (text) => text.slice(text.indexOf('ST*')), 'ISA_MISSING'],
    ['an unknown segment', (text) => text.replace('HI*ABK:Z00~', 'ZZZ*1~'), 'SEGMENT_UNKNOWN'],
    ['a lost terminator', (text) => text.replace('HL*2*1*22*0~', 'HL*2*1*22*0'), 'TERMINATOR_MISSING'],
    ['an unknown level', (text) => text.replace('HL*2*1*22*0', 'HL*2*1*22*0~HL*9*1*99*0'), 'LEVEL_MALFORMED'],
    ['a service without LX', (text) => text.replace('LX*2~\n', ''), 'LEVEL_MALFORMED'],
    ['another transaction set', (text) => text.replace('ST*837', 'ST*835'), 'TRANSACTION_NOT_A_CLAIM'],
  ];

  test.each(faults)('%s: strict reading refuses the claims, lenient reading gives them and warns', async (_, change, code) => {
    const text = change(file());

    const strict = await read(text, 'strict');
    expect(strict.flatMap((item) => (item.kind === 'refused' ? [element(item.loop.start, 1)] : []))).toEqual(['A1', 'A2']);
    expect(claimsOf(strict)).toEqual([]);
    expect(codesOf(strict)).toContain(code);

    const lenient = await read(text, 'lenient');
    expect(claimsOf(lenient)).toEqual(['A1', 'A2']);
    expect(codesOf(lenient)).toContain(code);
    expect(lenient.every((item) => item.kind !== 'issue' || item.issue.severity === 'warning')).toBe(true);
  });

  test('a wrong transaction does not take down the one beside it', async () => {
    const transaction = (number: string, count: number): string[] => [`ST*837*${number}*005010X222A1`, ...BODY, `SE*${count}*${number}`];
    const items = await read(
      file({ segments: [ISA, 'GS*HC*S1*R1*20260102*1200*7*X*005010X222A1', ...transaction('0001', 1), ...transaction('0002', 26), 'GE*2*7', 'IEA*1*000000001'] }),
    );

    expect(items.map(({ kind }) => kind)).toEqual(['issue', 'refused', 'refused', 'claim', 'claim']);
  });

  test('repeated control numbers and missing outer trailers are reported', async () => {
    const st = ['ST*837*0001*005010X222A1', 'SE*2*0001'];
    const items = await read(file({ segments: [ISA, 'GS*HC*S1*R1*20260102*1200*7*X*005010X222A1', ...st, ...st, ISA] }));

    expect(codesOf(items)).toEqual(['CONTROL_NUMBER_REPEATED', 'TRAILER_MISSING', 'TRAILER_MISSING', 'TRAILER_MISSING']);
  });

  test('text around the interchange is skipped and said', async () => {
    const items = await read(`Subject: claims of today\n\n${file()}-- \nthe office\n`.padStart(5000, 'x'), 'lenient', 512);

    expect(claimsOf(items)).toEqual(['A1', 'A2']);
    expect(codesOf(items)).toContain('TEXT_OUTSIDE_INTERCHANGE');
  });

  test('a file without any interchange says so', async () => {
    expect(codesOf(await read(''))).toEqual(['ISA_MISSING']);
    expect(codesOf(await read('hello'))).toEqual(['TEXT_OUTSIDE_INTERCHANGE', 'ISA_MISSING']);
  });

  test('two files joined without a terminator between them are both read', async () => {
    const one = file({ eol: '' }).slice(0, -1);
    const items = await read(`${one}\n${one}`, 'lenient');

    expect(claimsOf(items)).toEqual(['A1', 'A2', 'A1', 'A2']);
  });

  test('a segment without end is dropped, with bounded memory, and the claims behind it are read', async () => {
    const items = await read(file().replace('NM1*41*2*SENDER', `NM1*41*2*${'S'.repeat(400_000)}`), 'lenient', 4096);

    expect(codesOf(items)).toContain('SEGMENT_TOO_LONG');
    expect(claimsOf(items)).toEqual(['A1', 'A2']);
  });

  test('an issue names no word of the file that is not a segment id', async () => {
    const items = await read(file().replace('HI*ABK:Z00~', 'SAMPLE*PAT~'), 'lenient');

    expect(JSON.stringify(items.filter(({ kind }) => kind === 'issue'))).not.toMatch(/SAMPLE|PAT/);
  });
});

describe('any bytes at all', () => {
  const whole = Buffer.from(file(), 'latin1');

  test('random changes never throw and every claim segment that is left is accounted for', async () => {
    const change = fc.record({ at: fc.nat(whole.length - 1), byte: fc.nat(255), kind: fc.constantFrom('set', 'drop', 'insert') });

    await fc.assert(
      fc.asyncProperty(fc.array(change, { minLength: 1, maxLength: 12 }), fc.constantFrom<ReadingMode>('strict', 'lenient'), async (changes, mode) => {
        const bytes = [...whole];
        for (const { at, byte, kind } of changes) bytes.splice(at, kind === 'insert' ? 0 : 1, ...(kind === 'drop' ? [] : [byte]));
        const items = await read(Buffer.from(bytes), mode, 1000);
        expect(items.filter(({ kind }) => kind !== 'issue').length).toBeLessThanOrEqual(4);
      }),
      { numRuns: 500 },
    );
  });

  test('as long as the delimiters stand, lenient reading accounts for exactly the CLM segments', async () => {
    const letter = fc.integer({ min: 0, max: 61 }).map((index) => 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789'.charAt(index));

    await fc.assert(
      fc.asyncProperty(fc.array(fc.record({ at: fc.integer({ min: 107, max: whole.length - 1 }), letter }), { maxLength: 40 }), async (changes) => {
        const bytes = Buffer.from(whole);
        for (const { at, letter: to } of changes) if (/[A-Za-z0-9]/.test(String.fromCharCode(bytes[at] ?? 0))) bytes.write(to, at, 'latin1');
        const text = bytes.toString('latin1');
        const expected = text.split('~').filter((segment) => /^\nCLM\*/.test(segment)).length;
        const items = await read(text, 'lenient', 333);
        expect(items.filter(({ kind }) => kind === 'claim')).toHaveLength(expected);
      }),
      { numRuns: 400 },
    );
  });

  test('random bytes are read to their end', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 3000 }), async (bytes) => {
        await read(bytes, 'lenient', 100);
        await read(Buffer.concat([Buffer.from('ISA*'), bytes]), 'strict', 100);
      }),
      { numRuns: 200 },
    );
  });
});
