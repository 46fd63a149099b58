import { longestGap } from './service-gap.js';

test.each([
  ['nothing acknowledged: the whole window', [], 20], // 30 - 10
  ['what was acknowledged outside does not count', [5_000, 31_000], 20],
  ['the gap after the last acknowledgement', [11_000, 12_000], 18], // 30 - 12
  ['the gap before the first one', [27_000, 29_000], 17], // 27 - 10
  ['the gap between two of them, in whatever order they came', [25_000, 12_000, 28_000], 13], // 25 - 12
])('%s', (_, acknowledged, seconds) => {
  expect(longestGap(acknowledged, 10_000, 30_000)).toBe(seconds);
});
