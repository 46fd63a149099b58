import { claimContentShape, parse } from '@medaccord/domain';
import type { ClaimContent } from '@medaccord/domain';
import fc from 'fast-check';
import { readClaims } from './read-claims.js';
import type { ClaimFileItem } from './read-claims.js';
import type { Delimiters } from './segment.js';
import { USUAL_DELIMITERS } from './segment-writer.js';
import { arbitraryClaim } from './testing/arbitrary-claims.js';
import { arbitraryInstitutionalClaim } from './testing/arbitrary-institutional-claims.js';
import { writeInstitutionalClaims, writeProfessionalClaims } from './write-claims.js';

function written(transactions: readonly (readonly ClaimContent[])[], delimiters = USUAL_DELIMITERS, lineEnd = '\n'): string {
  const write = transactions[0]?.[0]?.type === 'I' ? writeInstitutionalClaims : writeProfessionalClaims;
  return write({
    header: { sender: { qualifier: 'ZZ', id: 'SENDER' }, receiver: { qualifier: 'ZZ', id: 'RECEIVER' }, date: '20260102', time: '0304', controlNumber: 17, usage: 'T' },
    submitter: { name: 'SUBMITTER', id: 'S1', contact: 'OFFICE', telephone: '5550100' },
    receiver: { name: 'RECEIVER', id: 'R1' },
    payer: { name: 'PAYER', id: 'P1' },
    address: { street: '1 MAIN ST', city: 'SAMPLETON', postalCode: '902100000' },
    transactions,
    delimiters,
    lineEnd,
  });
}

async function read(text: string | Uint8Array): Promise<ClaimFileItem[]> {
  const items: ClaimFileItem[] = [];
  for await (const item of readClaims([typeof text === 'string' ? Buffer.from(text, 'utf8') : text], 'strict')) items.push(item);
  return items;
}

const delimiters: fc.Arbitrary<Delimiters> = fc
  .shuffledSubarray(['*', ':', '^', '~', '|', '>', '\\', '!', '\x1c', '\x1d', '\x1f'], { minLength: 4, maxLength: 4 })
  .map(([element = '*', component = ':', repetition = '^', terminator = '~']) => ({ element, component, repetition, terminator }));

describe('what we write, we read', () => {
  test.each([['professional', arbitraryClaim], ['institutional', arbitraryInstitutionalClaim]])('any %s claims in any transactions with any delimiters come back as they were, in strict mode', async (_, anyClaim) => {
    const transactions = fc.array(fc.array(anyClaim, { minLength: 1, maxLength: 4 }), { minLength: 1, maxLength: 3 });

    await fc.assert(
      fc.asyncProperty(transactions, delimiters, fc.constantFrom('', '\n', '\r\n'), async (claims, chosen, lineEnd) => {
        const items = await read(written(claims, chosen, lineEnd));
        const trace = (index: number): object => ({ interchangeControl: '000000017', groupControl: '17', transactionControl: String(index + 1).padStart(4, '0'), batchReference: `17-${index + 1}` });

        expect(items.map((item) => (item.kind === 'claim' ? item.content : item))).toEqual(claims.flatMap((some, index) => some.map((claim) => ({ ...claim, trace: trace(index) }))));
        for (const item of items) if (item.kind === 'claim') expect(parse(claimContentShape, item.content)).toEqual(item.content);
      }),
      { numRuns: 60 },
    );
  });
});

describe('any damage', () => {
  test.each([['professional', arbitraryClaim], ['institutional', arbitraryInstitutionalClaim]])('random bytes in a file of %s claims never throw, and what is read is a claim document or names a segment', async (_, anyClaim) => {
    const change = fc.record({ at: fc.nat(), byte: fc.nat(255) });

    await fc.assert(
      fc.asyncProperty(fc.array(anyClaim, { minLength: 1, maxLength: 3 }), fc.array(change, { minLength: 1, maxLength: 20 }), async (claims, changes) => {
        const bytes = Buffer.from(written([claims]));
        for (const { at, byte } of changes) bytes[106 + (at % (bytes.length - 106))] = byte;
        for await (const item of readClaims([bytes], 'lenient')) {
          if (item.kind === 'claim') expect(() => parse(claimContentShape, item.content)).not.toThrow();
          if (item.kind === 'unreadable') expect(item.fault).toMatchObject({ position: expect.any(Number) as number, segmentId: expect.stringMatching(/^[A-Z0-9]{2,3}$/) as string });
        }
      }),
      { numRuns: 150 },
    );
  });
});
