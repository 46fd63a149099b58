import { BaselineContract } from './contract.js';

/** What `fabric-chaincode-node server` loads. */
export const contracts = [BaselineContract];
