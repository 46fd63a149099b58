import Table from 'cli-table3';
import type { StackEndpoints } from './stack-endpoints.js';

/** Prints what to open and a few lines that work as printed. */
export function printEndpoints(endpoints: StackEndpoints): void {
  const table = new Table({ head: ['gateway', 'open', 'organisation'], style: { head: [], border: [] } });
  for (const [name, { url, mspId }] of Object.entries(endpoints.gateways)) table.push([name, `${url}/docs`, mspId]);
  write(table.toString());
  write(`identity provider (development): ${endpoints.identityProvider}`);
  write('');
  write('Try, as the board\'s registrar:');
  const board = endpoints.gateways['licensing-board'] ?? Object.values(endpoints.gateways)[0];
  write(`  TOKEN=$(curl -s -u registrar@licensing-board:medaccord-development -d grant_type=client_credentials ${endpoints.identityProvider}/token | sed 's/.*"access_token":"\\([^"]*\\)".*/\\1/')`);
  write(`  curl -s -H "Authorization: Bearer $TOKEN" ${board?.url ?? ''}/v1/members`);
  write(`  curl -s ${board?.url ?? ''}/health/ready`);
  write('');
  write('`make status` shows it, `make down` stops it.');
}

/** Asks each gateway whether it is ready and prints the answers. */
export async function printReadiness(endpoints: StackEndpoints): Promise<void> {
  const table = new Table({ head: ['gateway', 'url', 'ready'], style: { head: [], border: [] } });
  for (const [name, { url }] of Object.entries(endpoints.gateways)) table.push([name, url, await readiness(url)]);
  write(table.toString());
}

async function readiness(url: string): Promise<string> {
  try {
    const response = await fetch(`${url}/health/ready`);
    return response.ok ? 'yes' : `no (${response.status})`;
  } catch {
    return 'no answer';
  }
}

function write(line: string): void {
  process.stdout.write(`${line}\n`);
}
