import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);

/** A logger of the shim, as far as it is used here (winston). */
interface ShimLogger {
  silent: boolean;
}

/** The loggers that speak in every transaction, by the module that makes them. */
const TALKATIVE: Readonly<Record<string, readonly string[]>> = {
  'fabric-shim/lib/logger.js': ['lib/handler.js', 'lib/stub.js', 'lib/chaincode.js', 'lib/iterators.js', 'contracts-spi/chaincodefromcontract.js', 'contracts-spi/datamarshall.js'],
  'fabric-contract-api/lib/logger.js': ['./lib/jsontransactionserializer.js', './lib/contract.js'],
};

/**
 * Silences the shim where nobody wants to hear it: at any level its loggers lay out every line, with time, colour and
 * padding, before they drop it, which took a fifth of a transaction's time. An operator's own level is left alone.
 */
export function silenceShim(level: string | undefined): void {
  if (level !== 'CRITICAL') return;
  for (const [module, names] of Object.entries(TALKATIVE)) {
    const { getLogger } = require(module) as { getLogger: (name: string) => ShimLogger };
    for (const name of names) getLogger(name).silent = true;
  }
}
