import './server/quiet-shim.js';
import { createRequire } from 'node:module';

// Loaded by hand, because an import would be loaded before `quiet-shim` has run wherever CommonJS is linked early (jest).
const contractApi = createRequire(import.meta.url)('fabric-contract-api') as typeof import('fabric-contract-api');

/** The official contract API, quiet. */
export const { Context, Contract, Info, JSONSerializer, Returns, Transaction } = contractApi;
