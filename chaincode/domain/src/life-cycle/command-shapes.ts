import { reopenClaimsShape } from '../corrections/reopen-claims.js';
import type { Shape } from '../shared/parse.js';
import type { LifeCycleCommand, LifeCycleVerb } from './commands.js';

/** How each of these commands is read. */
export const lifeCycleShapes: Readonly<Record<LifeCycleVerb, Shape<LifeCycleCommand>>> = {
  reopenClaims: reopenClaimsShape,
};
