import { status } from '@grpc/grpc-js';
import { GatewayError } from '@hyperledger/fabric-gateway';
import { decodeError, DomainError } from '@medaccord/domain';

/**
 * What a failed call means: `refused` by the chaincode with a code (`elsewhere`: the own peer, which is asked first, did
 * not refuse, so the other may be some blocks behind); `mismatch` where organisations computed different results, which
 * may have the same cause; `unavailable`, worth another try or (`late`) not within this request; `clock` where this
 * gateway's clock is too far from the peers'; `fault` for all else.
 */
export type LedgerFailure =
  | { readonly kind: 'refused'; readonly error: DomainError; readonly elsewhere: boolean }
  | { readonly kind: 'mismatch' | 'unavailable' | 'late' | 'clock' | 'fault' };

/** ABORTED: endorsers of other organisations failed. FAILED_PRECONDITION: no set of endorsers is known (yet). */
const unavailable: readonly number[] = [status.UNAVAILABLE, status.ABORTED, status.FAILED_PRECONDITION, status.RESOURCE_EXHAUSTED];
/** CANCELLED is a deadline that the peer noticed first. */
const late: readonly number[] = [status.DEADLINE_EXCEEDED, status.CANCELLED];

/** Fabric's own words, as its gateway service sends them; there is no code to tell these apart. */
const payloadsDiffer = /ProposalResponsePayloads do not match/;
const tooManyRequests = /too many requests/;
const chaincodeAnswered = /chaincode response \d+/;
/** Said by the peer, not by the chaincode: it was not connected, ended, or took too long. */
const notExecuted = /error in simulation: failed to execute transaction/;
const outsideTimeWindow = /unauthorized due to incorrect timestamp/;
const alreadyProcessed = /request already processed/;

/** Tells what an error of the evaluate or endorse stage means. Errors that are not the ledger's are thrown again. */
export function failureOf(error: unknown, ownMspId: string): LedgerFailure {
  if (!(error instanceof GatewayError)) throw error;
  const texts = [error.message, error.cause.details, ...error.details.map(({ message }) => message)].filter((text) => typeof text === 'string');
  const refused = texts.map((text) => decodeError(text)).find((decoded) => decoded !== undefined);
  if (refused !== undefined) return { kind: 'refused', error: refused, elsewhere: error.details.length > 0 && error.details.every(({ mspId }) => mspId !== ownMspId) };
  if (texts.some((text) => payloadsDiffer.test(text))) return { kind: 'mismatch' };
  if (texts.some((text) => outsideTimeWindow.test(text))) return { kind: 'clock' };
  if (texts.some((text) => notExecuted.test(text))) return { kind: 'unavailable' };
  if (texts.some((text) => chaincodeAnswered.test(text))) return { kind: 'fault' };

  return { kind: kindOfStatus(error.code, texts) };
}

function kindOfStatus(code: number, texts: readonly string[]): 'unavailable' | 'late' | 'fault' {
  if (late.includes(code)) return 'late';

  return unavailable.includes(code) || texts.some((text) => tooManyRequests.test(text)) ? 'unavailable' : 'fault';
}

/** The error that a client gets for a failure that was not mended by trying again. */
export function errorOf(failure: LedgerFailure): DomainError {
  switch (failure.kind) {
    case 'refused':
      return failure.error;
    case 'mismatch':
      return new DomainError('LEDGER_CONFLICT');
    case 'unavailable':
    case 'late':
      return new DomainError('LEDGER_UNAVAILABLE');
    case 'clock':
      // Nobody but the gateway's operator can mend it, who finds this in the log.
      return new DomainError('LEDGER_UNAVAILABLE', { reason: 'CLOCK' });
    case 'fault':
      return new DomainError('LEDGER_FAULT');
  }
}

/** Whether the same call may go well a moment later. */
export function isPassing(failure: LedgerFailure): boolean {
  return failure.kind === 'unavailable' || failure.kind === 'mismatch' || (failure.kind === 'refused' && failure.elsewhere);
}

/**
 * Whether a failed submit was of a transaction that is ordered all the same. Under BFT an orderer that has seen the block
 * already answers so, and the peer (3.1.5) counts that among the refusals, though it is proof of the contrary.
 */
export function wasOrdered(error: unknown): boolean {
  return error instanceof GatewayError && error.details.some(({ message }) => alreadyProcessed.test(message));
}
