import './server/quiet-shim.js';
import { createRequire } from 'node:module';
import type { ChaincodeStub, ClientIdentity } from 'fabric-shim-api';

// Loaded by hand, because an import would be loaded before `quiet-shim` has run wherever CommonJS is linked early (jest).
const require = createRequire(import.meta.url);
const contractApi = require('fabric-contract-api') as typeof import('fabric-contract-api');
const shim = require('fabric-shim') as typeof import('fabric-shim');

/** The official contract API, quiet. */
export const { Context, Contract, Info, JSONSerializer, Returns, Transaction } = contractApi;

/** How the official shim reads a creator's certificate, by all of a stub that it looks at. */
export const CreatorIdentity = shim.ClientIdentity as unknown as new (stub: Pick<ChaincodeStub, 'getChannelID' | 'getTxID' | 'getCreator'>) => ClientIdentity;
