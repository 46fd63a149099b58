import { peer } from '@hyperledger/fabric-protos';
import type { TransactionValidator, ValidationParameters } from '../ledger/api.js';
import type { SignedData } from '../membership.js';
import type { EndorsedTransaction } from '../transactions/endorsed-transaction.js';
import { EndorsementCheck } from './endorsement-check.js';
import type { PolicySources } from './endorsement-check.js';
import { InvalidTransaction } from './invalid-transaction.js';
import { checkStructure } from './structure.js';
import type { CreatorSources } from './structure.js';
import { namespacesToValidate } from './written-namespaces.js';

export interface ValidationSources extends PolicySources, CreatorSources {}

/** Everything that Fabric checks of an ordered transaction besides its id and its reads, which the ledger checks. */
export function transactionValidator(channel: string, sources: ValidationSources): TransactionValidator {
  return async (envelope, _position, parameters) => {
    try {
      const { channelHeader, endorsed } = checkStructure(envelope, channel, sources);
      if (endorsed) {
        await checkEndorsements(endorsed, namespacesToValidate(channelHeader, endorsed), parameters, sources);
      }
      return peer.TxValidationCode.VALID;
    } catch (cause) {
      if (cause instanceof InvalidTransaction) return cause.code;
      throw cause;
    }
  };
}

async function checkEndorsements(
  endorsed: EndorsedTransaction,
  sets: ReturnType<typeof namespacesToValidate>,
  parameters: ValidationParameters,
  sources: PolicySources,
): Promise<void> {
  const endorsements = signatures(endorsed);
  for (const set of sets) {
    await new EndorsementCheck(set.namespace, endorsements, parameters, sources).run(set);
  }
}

/** What an endorser signs: the result and its own identity after it. */
function signatures({ endorsements, responsePayload }: EndorsedTransaction): SignedData[] {
  return endorsements.map((endorsement) => {
    const identity = endorsement.getEndorser_asU8();
    return { data: Buffer.concat([responsePayload, identity]), identity, signature: endorsement.getSignature_asU8() };
  });
}
