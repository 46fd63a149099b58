import type { ReopenClaims } from '../corrections/reopen-claims.js';

/** What happens to a claim besides being submitted, decided and paid. */
export type LifeCycleCommand = ReopenClaims;

/** The verbs of these commands. */
export type LifeCycleVerb = LifeCycleCommand['verb'];
