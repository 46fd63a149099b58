export type { HeldLicence, Scope } from './practitioner.js';
export { practitioner } from './practitioner.js';
export type { ReceiptContext } from './verification-result.js';
export { verificationResult } from './verification-result.js';
