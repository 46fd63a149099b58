import type { Problem } from '../http/problem.js';

/** The answer 202: the transaction was sent, and the link tells what became of it. */
export interface PendingOperation {
  readonly operationId: string;
  readonly state: 'pending';
  readonly statusUrl: string;
  readonly transactionId: string | undefined;
}

const operationIds = new WeakMap<object, string>();

/** Remembers which operation a request runs, for the answer in case its outcome stays unknown. */
export function rememberOperation(request: object, operationId: string): void {
  operationIds.set(request, operationId);
}

/** The 202 answer of a request that runs an operation. */
export function pendingOperationOf(request: object, problem: Problem): PendingOperation | undefined {
  const operationId = operationIds.get(request);
  if (operationId === undefined) return undefined;
  const transactionId = problem.details?.['transactionId'];

  return { operationId, state: 'pending', statusUrl: statusUrlOf(operationId), transactionId: typeof transactionId === 'string' ? transactionId : undefined };
}

/** Where the state of an operation is told. */
export function statusUrlOf(operationId: string): string {
  return `/v1/operations/${operationId}`;
}
