import Table from 'cli-table3';
import type { StackEndpoints } from './stack-endpoints.js';

/** Prints what to open. */
export function printEndpoints(endpoints: StackEndpoints): void {
  const table = new Table({ head: ['gateway', 'open', 'organisation'], style: { head: [], border: [] } });
  for (const [name, { url, mspId }] of Object.entries(endpoints.gateways)) table.push([name, `${url}/docs`, mspId]);
  write(table.toString());
  write(`identity provider (development): ${endpoints.identityProvider}`);
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
