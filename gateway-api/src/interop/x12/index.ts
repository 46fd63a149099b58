export type { ReadingMode, X12Issue, X12IssueCode } from './issue.js';
export { X12_ISSUE_CODES } from './issue.js';
export type { X12Source } from './read-claim-loops.js';
export type { ClaimFileItem } from './read-claims.js';
export { readClaims } from './read-claims.js';
export type { Fault, UnreadableReason } from './unreadable.js';
export { UNREADABLE_REASONS } from './unreadable.js';
export type { Address, ClaimsFile } from './write-claims.js';
export { writeInstitutionalClaims, writeProfessionalClaims } from './write-claims.js';
