import { inOrderOfTrial } from './endorse.js';

const plans = [['A', 'B'], ['A', 'C'], ['B', 'C'], ['A', 'D', 'E']];

test('sets with the first endorser come first, smaller ones before larger ones', () => {
  const order = inOrderOfTrial(plans, 'A');
  expect(order.map((plan) => plan.length)).toEqual([2, 2, 3, 2]);
  expect(order.at(-1)).toEqual(['B', 'C']);
});

test('equal sets take turns, so that every organisation endorses', () => {
  const firsts = new Set(Array.from({ length: 200 }, () => inOrderOfTrial(plans, 'A')[0]?.join()));
  expect([...firsts].sort()).toEqual(['A,B', 'A,C']);
});
