import { Controller, Get, Inject, Param } from '@nestjs/common';
import { DomainError } from '@medaccord/domain';
import { CurrentActor } from '../auth/access.decorators.js';
import type { Actor } from '../auth/caller.js';
import { Query } from '../http/endpoint.decorators.js';
import { Ledger } from '../ledger/ledger.js';
import { OperationDto } from './operation.dto.js';
import type { OperationState } from './operation.dto.js';
import { OperationStore } from './operation-store.js';
import type { StoredOperation, StoredSubmission } from './operation-store.js';
import { Operations } from './operations.js';

/** What became of a write whose first answer was 202, or never arrived. */
@Controller('v1/operations')
export class OperationsController {
  readonly #store: OperationStore;
  readonly #operations: Operations;
  readonly #ledger: Ledger;

  constructor(@Inject(OperationStore) store: OperationStore, @Inject(Operations) operations: Operations, @Inject(Ledger) ledger: Ledger) {
    this.#store = store;
    this.#operations = operations;
    this.#ledger = ledger;
  }

  @Get(':operationId')
  @Query('operations.read', { summary: 'The state of a write', answer: OperationDto, tag: 'operations' })
  async state(@Param('operationId') operationId: string, @CurrentActor() actor: Actor): Promise<OperationState> {
    const operation = await this.#store.find(operationId);
    if (operation?.subject !== actor.id) throw new DomainError('ROUTE_NOT_FOUND');
    const submissions = await Promise.all((await this.#store.submissions(operationId)).map((submission) => this.#resolved(operationId, submission)));

    return this.#describe(operation, submissions);
  }

  /** Asks the ledger where the outcome is not known yet, and keeps the answer. */
  async #resolved(operationId: string, submission: StoredSubmission): Promise<StoredSubmission> {
    if (submission.outcome !== undefined) return submission;
    const outcome = await this.#ledger.outcomeOf(submission.endorsed);
    if (outcome !== undefined) await this.#store.settleSubmission(operationId, submission.endorsed.transactionId, outcome);

    return { ...submission, outcome };
  }

  #describe(operation: StoredOperation, submissions: readonly StoredSubmission[]): OperationState {
    const answer = this.#operations.open(operation);

    return {
      operationId: operation.id,
      state: stateOf(operation, submissions),
      transactions: submissions.map(({ step, endorsed, outcome }) => ({ step, transactionId: endorsed.transactionId, ...outcome })),
      ...(answer === undefined ? {} : { answer: { status: answer.status, body: JSON.parse(answer.body) as unknown } }),
    };
  }
}

function stateOf(operation: StoredOperation, submissions: readonly StoredSubmission[]): OperationState['state'] {
  if (operation.answer !== undefined) return 'answered';
  if (operation.running) return 'running';
  if (submissions.some(({ outcome }) => outcome === undefined)) return 'pending';

  return submissions.some(({ outcome }) => outcome?.validationCode === 0) ? 'committed' : 'unrecorded';
}
