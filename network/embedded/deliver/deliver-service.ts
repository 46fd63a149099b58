import type { ServerDuplexStream } from '@grpc/grpc-js';
import { common, peer } from '@hyperledger/fabric-protos';
import { blocksFrom } from '../blocks/block-feed.js';
import type { Collections } from '../definitions/collections.js';
import { serviceError } from '../gateway/gateway-status.js';
import type { Ledger } from '../ledger/api.js';
import type { Membership } from '../membership.js';
import type { AccessControl, Resource } from '../peer/access-control.js';
import { sendAll } from '../server/send-all.js';
import { readDeliverRequest } from './deliver-request.js';
import type { DeliverRequest } from './deliver-request.js';
import { filteredBlock } from './filtered-block.js';
import { visiblePrivateWrites } from './private-data.js';
import { seekRange } from './seek.js';
import type { BlockRange } from './seek.js';

type DeliverCall = ServerDuplexStream<common.Envelope, peer.DeliverResponse>;
type Present = (block: common.Block, request: DeliverRequest) => Promise<peer.DeliverResponse> | peer.DeliverResponse;
type StatusCode = common.StatusMap[keyof common.StatusMap];

const { Status } = common;

export interface DeliverOptions {
  readonly mspId: string;
  readonly ledger: Ledger;
  readonly membership: Membership;
  readonly access: AccessControl;
  readonly collections: Collections;
}

/** `protos.Deliver` of one organisation's peer: its blocks, whole, filtered or with its private data. */
export class DeliverService {
  constructor(private readonly options: DeliverOptions) {}

  /** The methods by name, as gRPC servers want them. */
  get methods(): peer.IDeliverServer {
    const { ledger } = this.options;
    return {
      deliver: (call) => {
        this.#serve(call, 'event/Block', wholeBlock);
      },
      deliverFiltered: (call) => {
        this.#serve(call, 'event/FilteredBlock', (block) => {
          const response = new peer.DeliverResponse();
          response.setFilteredBlock(filteredBlock(block, ledger.channel));
          return response;
        });
      },
      deliverWithPrivateData: (call) => {
        this.#serve(call, 'event/Block', (block, request) => this.#withPrivateData(block, request));
      },
    };
  }

  /** A stream carries requests one after the other; each is answered by its blocks and a status. */
  #serve(call: DeliverCall, resource: Resource, present: Present): void {
    const cancelled = new AbortController();
    call.on('cancelled', () => {
      cancelled.abort();
    });
    let turn = Promise.resolve();
    call.on('data', (envelope: common.Envelope) => {
      turn = turn.then(() => this.#answer(call, envelope, resource, present, cancelled.signal));
    });
    call.on('end', () => {
      void turn.then(() => {
        call.end();
      });
    });
  }

  async #answer(call: DeliverCall, envelope: common.Envelope, resource: Resource, present: Present, signal: AbortSignal): Promise<void> {
    try {
      const request = readDeliverRequest(envelope, Date.now());
      const status = request ? await this.#deliver(call, request, resource, present, signal) : Status.BAD_REQUEST;
      // Short cut: nobody reads what is written to a stream that is gone.
      if (signal.aborted) return;
      call.write(statusResponse(status));
      if (status !== Status.SUCCESS) call.end();
    } catch (cause) {
      if (!signal.aborted) call.emit('error', serviceError(cause));
    }
  }

  async #deliver(
    call: DeliverCall,
    request: DeliverRequest,
    resource: Resource,
    present: Present,
    signal: AbortSignal,
  ): Promise<StatusCode> {
    const { ledger, mspId } = this.options;
    if (request.channel !== ledger.channel) return Status.NOT_FOUND;
    if (!this.#mayRead(request, resource)) return Status.FORBIDDEN;
    const range = seekRange(request.seek, ledger.chainInfo(mspId).height);
    if (range === 'malformed') return Status.BAD_REQUEST;
    if (range === 'absent') return Status.NOT_FOUND;
    const outcome: { status: StatusCode } = { status: Status.SUCCESS };
    await sendAll(call, this.#responses(request, resource, range, present, outcome, signal), signal);
    return outcome.status;
  }

  async *#responses(
    request: DeliverRequest,
    resource: Resource,
    range: BlockRange,
    present: Present,
    outcome: { status: StatusCode },
    signal: AbortSignal,
  ): AsyncGenerator<peer.DeliverResponse, void, undefined> {
    const { ledger, mspId } = this.options;
    const missing = (number: number): boolean => range.failIfNotReady && number >= ledger.chainInfo(mspId).height;
    if (missing(range.start)) {
      outcome.status = Status.NOT_FOUND;
      return;
    }
    let number = range.start;
    for await (const block of blocksFrom(ledger, mspId, range.start, signal)) {
      // Access is asked again per block: certificates expire and are revoked while a stream is open.
      if (!this.#mayRead(request, resource)) {
        outcome.status = Status.FORBIDDEN;
        return;
      }
      yield await present(block, request);
      if (number === range.stop) return;
      number += 1;
      if (missing(number)) {
        outcome.status = Status.NOT_FOUND;
        return;
      }
    }
  }

  #mayRead({ signed, channel }: DeliverRequest, resource: Resource): boolean {
    try {
      if (this.options.membership.identity(signed.identity).expiresAt.getTime() < Date.now()) return false;
      this.options.access.check(resource, channel, signed);
      return true;
    } catch {
      return false;
    }
  }

  async #withPrivateData(block: common.Block, request: DeliverRequest): Promise<peer.DeliverResponse> {
    const { ledger, mspId, membership, collections } = this.options;
    const client = membership.identity(request.signed.identity).mspId;
    const together = new peer.BlockAndPrivateData();
    together.setBlock(block);
    for (const [index, bytes] of await ledger.privateData(mspId, block.getHeader()?.getNumber() ?? 0)) {
      const visible = visiblePrivateWrites(bytes, client, collections);
      if (visible) together.getPrivateDataMapMap().set(index, visible);
    }
    const response = new peer.DeliverResponse();
    response.setBlockAndPrivateData(together);
    return response;
  }
}

function wholeBlock(block: common.Block): peer.DeliverResponse {
  const response = new peer.DeliverResponse();
  response.setBlock(block);
  return response;
}

function statusResponse(status: StatusCode): peer.DeliverResponse {
  const response = new peer.DeliverResponse();
  response.setStatus(status);
  return response;
}
