import type { DecideAppeal, FileAppeal, WithdrawAppeal } from '../appeals/commands.js';
import type { CancelAuthorisation, DecideAuthorisation, RequestAuthorisation } from '../authorisations/authorise.js';
import type { ReopenClaims } from '../corrections/reopen-claims.js';
import type { AnswerErasure, ExecuteErasure, ProposeErasure } from '../erasure/erase-claims.js';
import type { PendCommand } from '../pends/commands.js';
import type { AcknowledgeRemittance } from '../remittance/acknowledge-remittance.js';
import type { ConfirmPayment } from '../remittance/confirm-payment.js';
import type { DemandRefund } from '../remittance/demand-refund.js';

/** What happens to a claim besides being submitted, decided and paid. */
export type LifeCycleCommand =
  | ReopenClaims | ConfirmPayment | AcknowledgeRemittance | DemandRefund | FileAppeal | DecideAppeal | WithdrawAppeal | PendCommand
  | RequestAuthorisation | DecideAuthorisation | CancelAuthorisation | ProposeErasure | AnswerErasure | ExecuteErasure;

/** The verbs of these commands. */
export type LifeCycleVerb = LifeCycleCommand['verb'];
