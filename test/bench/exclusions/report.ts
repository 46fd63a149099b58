import { perItem } from '../processor-time.js';
import type { ExclusionsFigures, Step } from './measure.js';

const whole = (value: number): string => value.toLocaleString('en-US', { maximumFractionDigits: 0 });

/** The report of the exclusion list. */
export function exclusionsReport({ rows, clinicians, load, loadAgain, run, runAgain, parts, counts, gatewayBytes }: ExclusionsFigures): string {
  const line = (what: string, items: number, { seconds, used, megabytesBefore, peakMegabytes }: Step): string =>
    `| ${what} | ${whole(items)} | ${seconds.toFixed(1)} | ${whole(items / seconds)} | ${perItem(used, items)} | ${whole(megabytesBefore)} | ${whole(peakMegabytes)} |`;
  return [
    '## Exclusion list',
    '',
    'One organisation’s gateway with its embedded database; loading includes the steward’s word on the ledger, a run the record of each part in the own collection.',
    '',
    '| what | items | seconds | items per second | processor ms for one | gateway MiB before | peak |',
    '|---|---|---|---|---|---|---|',
    line('load a full file', rows, load),
    line('load it again a month later', rows, loadAgain),
    line('screen', clinicians, run),
    line('screen again', clinicians, runAgain),
    '',
    `The run has ${whole(parts)} parts: ${Object.entries(counts).map(([name, count]) => `${name} ${whole(count)}`).join(', ')}. The gateway’s folder has ${(gatewayBytes / 2 ** 20).toFixed(0)} MiB.`,
    '',
  ].join('\n');
}
