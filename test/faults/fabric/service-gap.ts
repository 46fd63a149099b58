/** When something happened, in milliseconds of one clock. */
export type Moment = number;

/**
 * The longest time without service within a window, in seconds: the widest gap between neighbouring acknowledgements, its
 * two ends counted as if something had been acknowledged there.
 */
export function longestGap(acknowledged: readonly Moment[], from: Moment, to: Moment): number {
  const inside = acknowledged.filter((moment) => moment > from && moment < to).sort((a, b) => a - b);
  const moments = [from, ...inside, to];
  const gaps = moments.slice(1).map((moment, index) => moment - (moments[index] ?? from));
  return Math.max(0, ...gaps) / 1000;
}
