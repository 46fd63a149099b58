import { perItem } from '../processor-time.js';
import { percentile } from '../statistics.js';
import type { RosterFigures } from './check-roster.js';
import type { ImportFigures } from './import-licences.js';
import { type Latencies, type LatencyFigures, WAYS } from './standing-latency.js';

/** What was measured of credentials. */
export interface CredentialsFigures {
  readonly imported: ImportFigures;
  readonly linkedInSeconds: number;
  readonly roster: RosterFigures;
  readonly standings: LatencyFigures;
  /** Bytes of the ledger when all is there: of all organisations in the embedded network, of one peer on real Fabric. */
  readonly ledgerBytes: number;
}

const mebibytes = (bytes: number): string => (bytes / 2 ** 20).toFixed(0);
const whole = (value: number): string => value.toLocaleString('en-US', { maximumFractionDigits: 0 });
const exact = (value: number): string => value.toFixed(2);
const ratio = (one: readonly number[], plain: readonly number[], share: number): string => exact(percentile(one, share) / percentile(plain, share));

/** The report; its last line is the ratio of a warm standing under two cascades to a plain question, through the gateway, p50. */
export function credentialsReport({ imported, linkedInSeconds, roster, standings, ledgerBytes }: CredentialsFigures): string {
  const { counts } = imported;
  const rows = [
    ['first after a start, through a gateway', standings.firstAfterStart] as const,
    ...WAYS.map((way) => [`cold, ${NAMES[way]}`, standings.cold[way]] as const),
    ...WAYS.map((way) => [`warm, ${NAMES[way]}`, standings.warm[way]] as const),
  ].filter(([, { standing }]) => standing.length > 0);
  return [
    '## Credentials',
    '',
    `Import of ${whole(imported.licences)} licences of four types as CSV rosters at the board’s gateway: ${whole(imported.licences / imported.seconds)} licences per second (${whole(imported.seconds)} s).`,
    `The gateway was killed when ${whole(imported.killedAt)} were on the ledger, started again and sent the same request. The answers count ${whole(counts['rows'] ?? 0)} rows, ${whole(counts['issued'] ?? 0)} issued, ${whole(counts['alreadyRecorded'] ?? 0)} recorded before, ${whole(counts['refused'] ?? 0)} refused and ${whole(counts['unknown'] ?? 0)} unknown, of ${imported.unmappedWords} words that are not mapped; the ledger told of ${whole(imported.onLedger)}, each once.`,
    `Processor milliseconds for one licence: ${perItem(imported.used, imported.uninterrupted)}.`,
    `Peak memory: gateway ${whole(imported.gatewayPeakMegabytes)} MiB (${whole(imported.gatewayMegabytesBefore)} before)${Number.isNaN(imported.networkPeakMegabytes) ? '' : `, embedded network ${whole(imported.networkPeakMegabytes)} MiB`}. On disk: gateway’s database ${mebibytes(imported.gatewayBytes)} MiB more, ledger at the end ${mebibytes(ledgerBytes)} MiB.`,
    '',
    `Entering ${whole(roster.clinicians)} clinicians and their links took ${whole(linkedInSeconds)} s. The hospital’s check of all of them: ${whole(roster.clinicians / roster.seconds)} rows per second (${exact(roster.seconds)} s); ${Object.entries(roster.authorities).map(([name, count]) => `${name} ${whole(count)}`).join(', ')}; ${whole(roster.changing)} change within a year. Peak memory of its gateway: ${whole(roster.gatewayPeakMegabytes)} MiB (${whole(roster.gatewayMegabytesBefore)} before).`,
    '',
    `Standings of licences with ${standings.events} events, alone and under two cascades of a compact, beside a plain question for one key (the clock): in turn, one at a time, milliseconds and ratio to the plain question.`,
    '',
    '| how | samples | plain p50 | standing p50 | ratio | in compact p50 | ratio | plain p99 | standing p99 | ratio | in compact p99 | ratio |',
    '|---|---|---|---|---|---|---|---|---|---|---|---|',
    ...rows.map(([what, one]) => `| ${what} | ${one.plain.length} | ${latencies(one, 0.5)} | ${latencies(one, 0.99)} |`),
    '',
    `ratio: ${ratio(standings.warm.gateway.inCompact, standings.warm.gateway.plain, 0.5)} (a warm standing under two cascades over a plain question, through the gateway, p50)`,
    '',
  ].join('\n');
}

function latencies({ plain, standing, inCompact }: Latencies, share: number): string {
  const besides = [standing, inCompact].flatMap((one) => (one.length === 0 ? ['–', '–'] : [exact(percentile(one, share)), ratio(one, plain, share)]));
  return [exact(percentile(plain, share)), ...besides].join(' | ');
}

const NAMES = { gateway: 'through the gateway', peer: 'at the peer' } as const;
