import { Metadata, status } from '@grpc/grpc-js';
import type { ServiceError } from '@grpc/grpc-js';
import { GatewayError } from '@hyperledger/fabric-gateway';
import type { ErrorDetail } from '@hyperledger/fabric-gateway';
import { DomainError, encodeError } from '@medaccord/domain';
import { errorOf, failureOf, isPassing, wasOrdered } from './ledger-error.js';

const refusal = `chaincode response 500, ${encodeError(new DomainError('LICENCE_NOT_FOUND'))}`;

function gatewayError(code: status, text: string, details: readonly (readonly [string, string])[] = []): GatewayError {
  const cause: ServiceError = Object.assign(new Error(text), { code, details: text, metadata: new Metadata() });

  return new GatewayError({ code, cause, details: details.map(([mspId, message]): ErrorDetail => ({ address: 'peer:7051', mspId, message })) });
}

describe('what a failed call means', () => {
  test.each([
    ['a refusal by the own peer', gatewayError(status.ABORTED, 'failed to endorse', [['OwnMSP', refusal]]), 'refused', false, 'LICENCE_NOT_FOUND'],
    ['a refusal by another peer alone, which may lag', gatewayError(status.ABORTED, 'failed to endorse', [['OtherMSP', refusal]]), 'refused', true, 'LICENCE_NOT_FOUND'],
    ['a refusal by both', gatewayError(status.ABORTED, 'failed to endorse', [['OtherMSP', refusal], ['OwnMSP', refusal]]), 'refused', false, 'LICENCE_NOT_FOUND'],
    ['a refusal of a query', gatewayError(status.UNKNOWN, `evaluate call to endorser returned error: ${refusal}`), 'refused', false, 'LICENCE_NOT_FOUND'],
    ['different results', gatewayError(status.ABORTED, 'failed to assemble transaction: ProposalResponsePayloads do not match'), 'mismatch', true, 'LEDGER_CONFLICT'],
    ['a chaincode that failed without a code', gatewayError(status.ABORTED, 'failed to endorse', [['OwnMSP', 'chaincode response 500, TypeError']]), 'fault', false, 'LEDGER_FAULT'],
    ['a peer that is away', gatewayError(status.UNAVAILABLE, 'ECONNREFUSED'), 'unavailable', true, 'LEDGER_UNAVAILABLE'],
    ['no known endorsers', gatewayError(status.FAILED_PRECONDITION, 'no combination of peers can be derived'), 'unavailable', true, 'LEDGER_UNAVAILABLE'],
    ['a peer at its limit', gatewayError(status.UNKNOWN, 'too many requests for /gateway.Gateway, exceeding concurrency limit (500)'), 'unavailable', true, 'LEDGER_UNAVAILABLE'],
    ['a deadline', gatewayError(status.DEADLINE_EXCEEDED, 'deadline'), 'late', false, 'LEDGER_UNAVAILABLE'],
    ['a chaincode that is down', gatewayError(status.ABORTED, 'failed to endorse', [['OwnMSP', 'chaincode response 500, error in simulation: failed to execute transaction 07ab: could not launch chaincode claims_0.1.0:47cc: connection refused']]), 'unavailable', true, 'LEDGER_UNAVAILABLE'],
    ['a clock that is off', gatewayError(status.ABORTED, 'failed to endorse', [['OwnMSP', 'request unauthorized due to incorrect timestamp 2026-01-01T00:20:00Z, peer time 2026-01-01T00:00:00Z, peer.authentication.timewindow 15m0s']]), 'clock', false, 'LEDGER_UNAVAILABLE'],
    ['a deadline that the peer noticed first', gatewayError(status.CANCELLED, 'Call cancelled'), 'late', false, 'LEDGER_UNAVAILABLE'],
    ['a certificate that the channel refuses', gatewayError(status.PERMISSION_DENIED, 'access denied'), 'fault', false, 'LEDGER_FAULT'],
  ])('%s', (_, error, kind, passing, code) => {
    const failure = failureOf(error, 'OwnMSP');

    expect([failure.kind, isPassing(failure), errorOf(failure).code]).toEqual([kind, passing, code]);
  });

  test('an error that is not the ledger’s goes on as it is', () => {
    const other = new DomainError('FORBIDDEN_ROLE');

    expect(() => failureOf(other, 'OwnMSP')).toThrow(other);
  });
});

describe('a submit that failed', () => {
  const refused = 'received unsuccessful response from orderer: status=SERVICE_UNAVAILABLE, info=failed to submit request: request';

  test.each([
    ['was ordered where one orderer has processed the transaction already', gatewayError(status.UNAVAILABLE, 'insufficient number of orderers', [['A', 'connection refused'], ['B', `${refused} already processed`]]), true],
    ['was not ordered where the orderers are away', gatewayError(status.UNAVAILABLE, 'insufficient number of orderers', [['A', 'connection refused'], ['B', 'connection refused']]), false],
    ['may have been ordered where the time was up', gatewayError(status.DEADLINE_EXCEEDED, 'submit timeout expired'), false],
    ['is not known where the error is not the ledger’s', new Error('request already processed'), false],
  ])('%s', (_, error, ordered) => {
    expect(wasOrdered(error)).toBe(ordered);
  });
});
