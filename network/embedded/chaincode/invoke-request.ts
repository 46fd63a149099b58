import { peer } from '@hyperledger/fabric-protos';
import type { ChaincodeRequest } from './requests.js';

/**
 * A chaincode calls another one. On the same channel both work in one read-write set; another channel cannot be
 * reached, because this network has one and access to others is refused.
 */
export const invokeChaincode: ChaincodeRequest = async (execution, payload) => {
  const specification = peer.ChaincodeSpec.deserializeBinary(payload);
  const target = parseName(specification.getChaincodeId()?.getName() ?? '');
  const channelId = target.channelId === '' ? execution.scope.channelId : target.channelId;
  execution.calls.checkCallAccess(execution.scope, channelId, target.name);
  const input = specification.getInput() ?? new peer.ChaincodeInput();
  try {
    return (await execution.calls.invoke(execution.scope, target.name, input)).serializeBinary();
  } catch (cause) {
    throw new Error(`execute failed: ${cause instanceof Error ? cause.message : String(cause)}`, { cause });
  }
};

/** A called chaincode's name may carry a version and a channel: `name:version/channel`. */
function parseName(fullName: string): { name: string; channelId: string } {
  const slash = fullName.indexOf('/');
  const withVersion = slash < 0 ? fullName : fullName.slice(0, slash);
  const colon = withVersion.indexOf(':');
  return {
    name: colon < 0 ? withVersion : withVersion.slice(0, colon),
    channelId: slash < 0 ? '' : fullName.slice(slash + 1),
  };
}
