/** The ledger of the embedded network; see README.md. */
export * from './api.js';
export { openLedger } from './ledger.js';
export { verifyStoredLedger } from './verification.js';
