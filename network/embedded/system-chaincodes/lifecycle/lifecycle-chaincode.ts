import type { peer } from '@hyperledger/fabric-protos';
import type { SystemChaincode } from '../../chaincode/chaincode-support.js';
import type { TransactionScope } from '../../chaincode/execution.js';
import type { AccessControl } from '../../peer/access-control.js';
import { isResource } from '../../peer/access-control.js';
import { proposalSignature } from '../../transactions/proposal.js';
import { failure, success, text } from '../responses.js';
import { approve, checkReadiness, commit } from './definition-changes.js';
import type { LifecyclePeer } from './definition-changes.js';
import { NamespaceNotDefined, queryAllApproved, queryApproved, queryDefinition, queryDefinitions } from './definition-queries.js';

type Operation = (scope: TransactionScope, own: LifecyclePeer, argument: Uint8Array) => Promise<Uint8Array>;

const operations: Readonly<Record<string, Operation>> = {
  ApproveChaincodeDefinitionForMyOrg: approve,
  CommitChaincodeDefinition: commit,
  CheckCommitReadiness: checkReadiness,
  QueryChaincodeDefinition: queryDefinition,
  QueryChaincodeDefinitions: queryDefinitions,
  QueryApprovedChaincodeDefinition: queryApproved,
  QueryApprovedChaincodeDefinitions: queryAllApproved,
};

/**
 * `_lifecycle`: organisations approve a chaincode's definition, and commit it when enough have. Packages are not
 * installed here: chaincode runs as a service, under the id `name:version`.
 */
export class LifecycleChaincode implements SystemChaincode {
  constructor(
    private readonly own: LifecyclePeer,
    private readonly access: AccessControl,
  ) {}

  async invoke(scope: TransactionScope, args: readonly Uint8Array[]): Promise<peer.Response> {
    if (args.length === 0) return failure('lifecycle scc must be invoked with arguments');
    if (args.length !== 2) return failure(`lifecycle scc operations require exactly two arguments but received ${args.length}`);
    const name = text(args[0]);
    let operation: Operation;
    try {
      operation = this.#allowed(scope, name);
    } catch (cause) {
      return failure(`Failed to authorize invocation due to failed ACL check: ${cause instanceof Error ? cause.message : String(cause)}`);
    }
    return this.#run(scope, name, operation, args[1] ?? new Uint8Array());
  }

  async #run(scope: TransactionScope, name: string, operation: Operation, argument: Uint8Array): Promise<peer.Response> {
    try {
      return success(await operation(scope, this.own, argument));
    } catch (cause) {
      const reason = cause instanceof Error ? cause.message : String(cause);
      if (cause instanceof NamespaceNotDefined) return failure(reason, 404);
      return failure(`failed to invoke backing implementation of '${name}': ${reason}`);
    }
  }

  /** What concerns the organisation alone is for its own administrators, the rest for the channel's Writers. */
  #allowed(scope: TransactionScope, name: string): Operation {
    const resource = `_lifecycle/${name}`;
    const operation = Object.hasOwn(operations, name) ? operations[name] : undefined;
    if (operation === undefined) throw new Error(`Unmapped policy for ${resource}`);
    if (isResource(resource)) this.access.checkCall(resource, scope.channelId, proposalSignature(scope.proposal));
    else this.access.checkAdministrator(this.own.mspId, proposalSignature(scope.proposal));
    return operation;
  }
}
