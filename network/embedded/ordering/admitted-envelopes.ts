import { common } from '@hyperledger/fabric-protos';
import type { Membership } from '../membership.js';

const WRITERS = '/Channel/Writers';

/** A message that the orderer does not take; the message reads as in Fabric's broadcast answers. */
export class BroadcastRefused extends Error {
  override readonly name = 'BroadcastRefused';

  constructor(
    readonly status: 'BAD_REQUEST' | 'FORBIDDEN' | 'NOT_FOUND' | 'REQUEST_ENTITY_TOO_LARGE',
    readonly info: string,
  ) {
    super(`status=${status}, info=${info}`);
  }
}

/**
 * What the orderer takes: envelopes for the channel that a Writer signed. Remembers which configuration each was checked
 * under, so that validation need not verify the creator's signature again.
 */
export class AdmittedEnvelopes {
  readonly #checkedUnder = new WeakMap<Uint8Array, unknown>();

  constructor(
    private readonly channel: string,
    private readonly membership: Membership,
  ) {}

  /** The envelope's bytes, to be ordered as they are. Throws {@link BroadcastRefused}. */
  admit(envelope: common.Envelope): Uint8Array {
    const { configuration } = this.membership;
    checkEnvelope(envelope, this.channel, this.membership);
    const bytes = envelope.serializeBinary();
    this.#checkedUnder.set(bytes, configuration);
    return bytes;
  }

  /** True for bytes whose creator was checked under the configuration that is still in force. */
  has(bytes: Uint8Array): boolean {
    return this.#checkedUnder.get(bytes) === this.membership.configuration;
  }
}

function checkEnvelope(envelope: common.Envelope, channel: string, membership: Membership): void {
  const { channelId, creator } = readHeader(envelope);
  if (channelId !== channel) {
    throw new BroadcastRefused('BAD_REQUEST', 'channel does not exist');
  }
  const signed = { data: envelope.getPayload_asU8(), identity: creator, signature: envelope.getSignature_asU8() };
  try {
    if (membership.identity(creator).expiresAt.getTime() < Date.now()) throw new BroadcastRefused('BAD_REQUEST', 'broadcast client identity expired');
    membership.checkPolicy(WRITERS, [signed]);
  } catch (cause) {
    if (cause instanceof BroadcastRefused) throw cause;
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new BroadcastRefused('FORBIDDEN', `${reason}: permission denied`);
  }
}

function readHeader(envelope: common.Envelope): { channelId: string; creator: Uint8Array } {
  try {
    const header = common.Payload.deserializeBinary(envelope.getPayload_asU8()).getHeader();
    if (!header) throw new BroadcastRefused('BAD_REQUEST', 'could not determine channel ID: header not set');
    return {
      channelId: common.ChannelHeader.deserializeBinary(header.getChannelHeader_asU8()).getChannelId(),
      creator: common.SignatureHeader.deserializeBinary(header.getSignatureHeader_asU8()).getCreator_asU8(),
    };
  } catch (cause) {
    if (cause instanceof BroadcastRefused) throw cause;
    throw new BroadcastRefused('BAD_REQUEST', 'could not determine channel ID: error unmarshalling Payload: proto: cannot parse invalid wire-format data');
  }
}
