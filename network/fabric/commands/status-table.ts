import Table from 'cli-table3';
import type { NetworkStatus } from '../operations/network-status.js';

const DAY_MS = 86_400_000;

/** The status of a network as tables for people. */
export function statusTables({ nodes, chaincodes, expiries }: NetworkStatus, now: Date = new Date()): string {
  const nodeRows = nodes.map(({ id, healthy, height = '', lag = '', leads = false }) => [id, healthy ? 'yes' : 'NO', height, lag, leads ? 'leads' : '']);
  const chaincodeRows = chaincodes.map(({ mspId, name, version, sequence, packageId }) => [mspId, name, version, sequence, packageId === '' ? 'not run here' : packageId.slice(0, 60)]);
  const expiryRows = expiries.map(({ mspId, name, profile, notAfter }) => [mspId, `${name} (${profile})`, Math.floor((notAfter.getTime() - now.getTime()) / DAY_MS)]);
  return [
    table(['node', 'healthy', 'height', 'lag', ''], nodeRows),
    table(['member', 'chaincode', 'version', 'sequence', 'package'], chaincodeRows),
    table(['organisation', 'first certificate to expire', 'days'], expiryRows),
  ].join('\n');
}

function table(head: readonly string[], rows: readonly (readonly (string | number)[])[]): string {
  const drawn = new Table({ head: [...head], style: { head: [], border: [] } });
  drawn.push(...rows.map((row) => [...row]));
  return drawn.toString();
}
