import { common, peer } from '@hyperledger/fabric-protos';
import type { SystemChaincode } from '../chaincode/chaincode-support.js';
import type { TransactionScope } from '../chaincode/execution.js';
import type { Ledger } from '../ledger/api.js';
import type { AccessControl, Resource } from '../peer/access-control.js';
import { proposalSignature } from '../transactions/proposal.js';
import { failure, success, text } from './responses.js';

/** `cscc`: which channels the peer has joined and how they are configured. Joining is the network's own business. */
export class ConfigurationQueries implements SystemChaincode {
  constructor(
    private readonly ledger: Ledger,
    private readonly mspId: string,
    private readonly access: AccessControl,
    /** Number of the block with the current configuration. */
    private readonly configBlock: () => number,
  ) {}

  async invoke(scope: TransactionScope, args: readonly Uint8Array[]): Promise<peer.Response> {
    const name = text(args[0]);
    if (name !== 'GetChannels' && args.length < 2) {
      return failure(`Incorrect number of arguments, ${args.length}`);
    }
    if (scope.proposal.chaincodeName !== 'cscc') {
      return failure(`Rejecting invoke of CSCC from another chaincode, original invocation for '${scope.proposal.chaincodeName}'`);
    }
    switch (name) {
      case 'GetChannels':
        return this.#channels();
      case 'GetConfigBlock':
        return this.#checked(scope, name, text(args[1]), (block) => block.serializeBinary());
      case 'GetChannelConfig':
        return this.#checked(scope, name, text(args[1]), channelConfig);
      default:
        return failure(`Requested function ${name} not found.`);
    }
  }

  #channels(): peer.Response {
    const channel = new peer.ChannelInfo();
    channel.setChannelId(this.ledger.channel);
    const channels = new peer.ChannelQueryResponse();
    channels.setChannelsList([channel]);
    return success(channels.serializeBinary());
  }

  async #checked(
    scope: TransactionScope,
    name: 'GetConfigBlock' | 'GetChannelConfig',
    channel: string,
    answer: (block: common.Block) => Uint8Array,
  ): Promise<peer.Response> {
    const resource: Resource = `cscc/${name}`;
    try {
      this.access.checkCall(resource, channel, proposalSignature(scope.proposal));
    } catch (cause) {
      return failure(`access denied for [${name}][${channel}]: ${cause instanceof Error ? cause.message : String(cause)}`);
    }
    const block = await this.ledger.blockByNumber(this.mspId, this.configBlock());
    return block ? success(answer(block)) : failure(`Unknown channel ID, ${channel}`);
  }
}

function channelConfig(block: common.Block): Uint8Array {
  const [bytes] = block.getData()?.getDataList_asU8() ?? [];
  const envelope = common.Envelope.deserializeBinary(bytes ?? new Uint8Array());
  const payload = common.Payload.deserializeBinary(envelope.getPayload_asU8());
  const config = common.ConfigEnvelope.deserializeBinary(payload.getData_asU8()).getConfig();
  return config?.serializeBinary() ?? new Uint8Array();
}
