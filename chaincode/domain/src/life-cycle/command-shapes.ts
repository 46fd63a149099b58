import { decideAppealShape, fileAppealShape, withdrawAppealShape } from '../appeals/commands.js';
import { cancelAuthorisationShape, decideAuthorisationShape, requestAuthorisationShape } from '../authorisations/authorise.js';
import { reopenClaimsShape } from '../corrections/reopen-claims.js';
import { answerErasureShape, executeErasureShape, proposeErasureShape } from '../erasure/erase-claims.js';
import { answerRequestShape, releasePendShape, requestInformationShape } from '../pends/commands.js';
import { acknowledgeRemittanceShape } from '../remittance/acknowledge-remittance.js';
import { confirmPaymentShape } from '../remittance/confirm-payment.js';
import { demandRefundShape } from '../remittance/demand-refund.js';
import type { Shape } from '../shared/parse.js';
import type { LifeCycleCommand, LifeCycleVerb } from './commands.js';

/** How each of these commands is read. */
export const lifeCycleShapes: Readonly<Record<LifeCycleVerb, Shape<LifeCycleCommand>>> = {
  reopenClaims: reopenClaimsShape,
  confirmPayment: confirmPaymentShape,
  acknowledgeRemittance: acknowledgeRemittanceShape,
  demandRefund: demandRefundShape,
  fileAppeal: fileAppealShape,
  decideAppeal: decideAppealShape,
  withdrawAppeal: withdrawAppealShape,
  requestInformation: requestInformationShape,
  answerRequest: answerRequestShape,
  releasePend: releasePendShape,
  requestAuthorisation: requestAuthorisationShape,
  decideAuthorisation: decideAuthorisationShape,
  cancelAuthorisation: cancelAuthorisationShape,
  proposeErasure: proposeErasureShape,
  answerErasure: answerErasureShape,
  executeErasure: executeErasureShape,
};
