import { ConfigurationError } from './config/environment-reader.js';
import { parseGatewayConfig } from './config/gateway-config.js';
import { startGateway } from './start-gateway.js';
import type { RunningGateway } from './start-gateway.js';

/** Milliseconds that requests under way get to finish after SIGTERM. */
const drainMs = 30_000;

try {
  const config = parseGatewayConfig(process.env);
  const gateway = await startGateway(config);
  process.stdout.write(`${JSON.stringify({ listening: gateway.url, organisation: config.mspId })}\n`);
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => void drain(gateway));
} catch (error) {
  refuse(error);
}

async function drain(gateway: RunningGateway): Promise<void> {
  setTimeout(() => process.exit(1), drainMs).unref();
  await gateway.close();
  process.exit(0);
}

function refuse(error: unknown): never {
  const problems = error instanceof ConfigurationError ? error.problems.map(({ variable, problem }) => `  ${variable} ${problem}`) : [`  ${String(error)}`];
  process.stderr.write(`The gateway cannot start:\n${problems.join('\n')}\nSee gateway-api/README.md for every variable.\n`);
  process.exit(1);
}
