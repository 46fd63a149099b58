import { endorsementPlans } from './endorsement-plan.js';
import { SignaturePolicy } from './signature-policy.js';

const plans = (policy: string, ...available: readonly string[]): unknown => endorsementPlans([SignaturePolicy.parse(policy)], available);

describe('plans', () => {
  test('are the smallest sets that do, those of the preferred organisations first', () => {
    expect(plans("OR('C.peer','B.peer','A.peer')", 'A', 'B', 'C')).toEqual([['A'], ['B'], ['C']]);
    expect(plans("OutOf(2,'C.peer','B.peer','A.peer')", 'B', 'A', 'C')).toEqual([['B', 'A'], ['B', 'C'], ['A', 'C']]);
    expect(plans("OutOf(2,'A.peer','B.peer','C.peer','D.peer')", 'A', 'B', 'C', 'D')).toEqual([['A', 'B'], ['A', 'C'], ['A', 'D'], ['B', 'C'], ['B', 'D'], ['C', 'D']]);
    expect(plans("OR('C.peer',AND('A.peer','B.peer'))", 'A', 'B', 'C')).toEqual([['C'], ['A', 'B']]);
  });

  const many = Array.from({ length: 13 }, (_, index) => `O${index}`);
  test.each([['few', ['A', 'B']], ['many', many]])('there are none where all of %s do not suffice', (_count, available) => {
    expect(plans("AND('A.peer','Nobody.peer')", ...available)).toEqual([]);
  });

  test('of many organisations begin with each of them in turn', () => {
    const two = plans(`OutOf(2,${many.map((mspId) => `'${mspId}.peer'`).join(',')})`, ...many) as string[][];
    expect(two.every((plan) => plan.length === 2)).toBe(true);
    expect(new Set(two.flat()).size).toBe(13);
  });

  test('count peers as peers and members alone', () => {
    expect(plans("OR('A.admin')", 'A')).toEqual([]);
    expect(plans("OR('A.member')", 'A')).toEqual([['A']]);
  });
});
