export type { ReadingMode, X12Issue, X12IssueCode } from './issue.js';
export { X12_ISSUE_CODES } from './issue.js';
export type { X12Source } from './read-claim-loops.js';
export type { ProfessionalItem } from './read-professional-claims.js';
export { readProfessionalClaims } from './read-professional-claims.js';
export type { Fault, UnreadableReason } from './unreadable.js';
export { UNREADABLE_REASONS } from './unreadable.js';
export type { Address, ProfessionalFile } from './write-professional-claims.js';
export { writeProfessionalClaims } from './write-professional-claims.js';
