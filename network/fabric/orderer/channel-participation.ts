import { randomBytes } from 'node:crypto';
import { common } from '@hyperledger/fabric-protos';
import { FabricError } from '../fabric-error.js';
import { callRest, type RestAnswer, type RestCall, type RestEndpoint } from '../http/rest.js';

/** An orderer's part in a channel. */
export interface ChannelStatus {
  readonly name: string;
  readonly height: number;
  /** `active` in normal operation; `onboarding` while it fetches blocks. */
  readonly status: string;
  readonly consensusRelation: string;
}

const CHANNELS = '/participation/v1/channels';

/** The administration endpoint of one orderer (`channel participation`), over TLS that both sides authenticate. */
export class ChannelParticipation {
  constructor(private readonly endpoint: RestEndpoint) {}

  /** Channels that the orderer takes part in. */
  async channels(): Promise<readonly string[]> {
    const list = JSON.parse((await this.call({ method: 'GET', path: CHANNELS })).toString()) as { channels: readonly { name: string }[] | null };
    return (list.channels ?? []).map(({ name }) => name);
  }

  async status(channel: string): Promise<ChannelStatus> {
    return JSON.parse((await this.call({ method: 'GET', path: `${CHANNELS}/${channel}` })).toString()) as ChannelStatus;
  }

  /** Makes the orderer take part in the channel of a configuration block, which is the genesis block at first. */
  async join(configurationBlock: Uint8Array): Promise<void> {
    await this.call({ method: 'POST', path: CHANNELS, ...filePart('config-block', configurationBlock) });
  }

  /** Submits a signed configuration update (an envelope); the channel's height tells when it is ordered. */
  async update(envelope: Uint8Array): Promise<void> {
    await this.call({ method: 'PUT', path: CHANNELS, ...filePart('config-update-envelope', envelope) });
  }

  /** Ends the orderer's part in the channel and deletes its blocks. */
  async remove(channel: string): Promise<void> {
    await this.call({ method: 'DELETE', path: `${CHANNELS}/${channel}` });
  }

  /** A block by number, or the newest, the oldest or the last configuration block. */
  async block(channel: string, which: number | 'newest' | 'oldest' | 'config'): Promise<common.Block> {
    return common.Block.deserializeBinary(await this.call({ method: 'GET', path: `${CHANNELS}/${channel}/blocks/${which}` }));
  }

  private async call(call: RestCall): Promise<Buffer> {
    const answer = await this.reach(call);
    if (answer.status >= 300) {
      throw new FabricError('ORDERER_REFUSED', `${this.endpoint.host}:${this.endpoint.port} answered ${answer.status} to ${call.method} ${call.path}: ${reason(answer.body)}`);
    }
    return answer.body;
  }

  private async reach(call: RestCall): Promise<RestAnswer> {
    try {
      return await callRest(this.endpoint, call);
    } catch (cause) {
      throw new FabricError('ORDERER_UNREACHABLE', `the administration of the orderer at ${this.endpoint.host}:${this.endpoint.port} cannot be reached`, { cause });
    }
  }
}

/** The endpoint takes exactly one part, and it has to be a file. */
function filePart(name: string, content: Uint8Array): Pick<Required<RestCall>, 'headers' | 'body'> {
  const boundary = randomBytes(16).toString('hex');
  const head = `--${boundary}\r\nContent-Disposition: form-data; name="${name}"; filename="${name}"\r\nContent-Type: application/octet-stream\r\n\r\n`;
  return {
    headers: { 'content-type': `multipart/form-data; boundary=${boundary}` },
    body: Buffer.concat([Buffer.from(head), content, Buffer.from(`\r\n--${boundary}--\r\n`)]),
  };
}

function reason(body: Buffer): string {
  try {
    return (JSON.parse(body.toString()) as { error: string }).error;
  } catch {
    return body.toString().trim();
  }
}
