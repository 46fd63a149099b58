import type { ClaimFacts, DemoFacts } from '../demo/facts.js';
import { runMainJob } from '../demo/main-job.js';
import { DEMO_AFTER_PAYMENT, DEMO_EXPECTED, DEMO_FOR_REVIEW, type Expected } from '../fixtures/demo-expected.js';
import { startStoryStack, storyTimeoutMs, type StoryStack } from './story-stack.js';

let stack: StoryStack;
let facts: DemoFacts;

beforeAll(async () => {
  stack = await startStoryStack();
  facts = await runMainJob(stack.endpoints);
}, storyTimeoutMs);

afterAll(async () => {
  await stack.stop();
}, storyTimeoutMs);

/** The facts of a claim in the words of the table of expectations. */
function outcomeOf({ outcome, decision, reasons, lines }: ClaimFacts): unknown {
  switch (outcome) {
    case 'ADJUDICATED':
      return { outcome, decision, lines };
    case 'PENDED':
      return { outcome, reasons };
    default:
      return { outcome, rejections: reasons };
  }
}

/** Lines without remarks are written without them in the table. */
function withRemarks(expected: Expected): unknown {
  if (expected.outcome !== 'ADJUDICATED') return expected;
  return { ...expected, lines: expected.lines.map((line) => ({ remarks: [], ...line })) };
}

test.each(Object.entries(DEMO_EXPECTED))('claim %s comes out as the table says', (number, expected) => {
  const claim = facts.claims.find(({ patientControlNumber }) => patientControlNumber === number);
  expect(claim && outcomeOf(claim)).toEqual(withRemarks(expected));
});

test('no claim is left out', () => {
  expect(facts.claims.map(({ patientControlNumber }) => patientControlNumber).sort()).toEqual(Object.keys(DEMO_EXPECTED).sort());
});

test('on every decided line, charge = paid + adjustments', () => {
  for (const { lines } of facts.claims) {
    for (const { charge, paid, adjustments } of lines) expect(paid + Object.values(adjustments).reduce((sum, amount) => sum + amount, 0)).toBe(charge);
  }
});

test('a decision that the board’s order calls into question stands and is listed for review', () => {
  expect(facts.review.map(({ patientControlNumber }) => patientControlNumber)).toEqual(DEMO_FOR_REVIEW);
  expect(facts.review[0]).toMatchObject({ decidedWith: expect.stringContaining('FULL') as unknown, knownNow: expect.stringContaining('NONE') as unknown });
});

test('every decision computed again at the hospital gives the same bytes', () => {
  // those of the files, the replacement, and the dispute's second decision
  expect(facts.recomputed.decisions).toBe(facts.claims.filter(({ outcome }) => outcome === 'ADJUDICATED').length + 2);
  expect(facts.recomputed.sameBytes).toBe(facts.recomputed.decisions);
});

test('the remittance that the hospital reads balances to the cent', () => {
  const paid = facts.claims.reduce((sum, claim) => sum + (claim.paid ?? 0), 0);
  expect(facts.remittance).toMatchObject({ paid, total: paid });
});

test('paid claims that are taken up again come out as the table says, and the next remittance balances', () => {
  expect(facts.afterPayment).toEqual(DEMO_AFTER_PAYMENT);
});

test('each decision names the block and transaction that prove it', () => {
  for (const { proof } of facts.claims.filter(({ outcome }) => outcome === 'ADJUDICATED')) {
    expect(proof).toEqual({ transactionId: expect.stringMatching(/^[0-9a-f]{64}$/) as unknown, blockNumber: expect.any(Number) as unknown });
  }
});
