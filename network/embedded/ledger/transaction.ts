import { common, peer } from '@hyperledger/fabric-protos';
import type { ReadWriteSet } from './read-write-set.js';
import { decodeReadWriteSet } from './read-write-set-decoding.js';

/** What the ledger needs of an ordered envelope. */
export interface LedgerTransaction {
  /** Empty where the envelope has no readable channel header. */
  readonly txId: string;
  readonly timestamp: Date;
  /** `common.HeaderType`, or undefined where the envelope has no readable channel header. */
  readonly type: number | undefined;
  /** Undefined for anything but an endorser transaction with a readable read-write set. */
  readonly readWriteSet: ReadWriteSet | undefined;
  /** True where an endorser transaction has no chaincode action at all. */
  readonly lacksAction: boolean;
}

const unreadable: LedgerTransaction = {
  txId: '',
  timestamp: new Date(0),
  type: undefined,
  readWriteSet: undefined,
  lacksAction: false,
};

/** Decodes an ordered envelope; never throws, since a block may hold anything that a client sent. */
export function decodeTransaction(envelope: Uint8Array): LedgerTransaction {
  try {
    const payload = common.Payload.deserializeBinary(common.Envelope.deserializeBinary(envelope).getPayload_asU8());
    const header = common.ChannelHeader.deserializeBinary(payload.getHeader()?.getChannelHeader_asU8() ?? new Uint8Array(0));
    const known = {
      txId: header.getTxId(),
      timestamp: header.getTimestamp()?.toDate() ?? new Date(0),
      type: header.getType(),
    };
    if (known.type !== common.HeaderType.ENDORSER_TRANSACTION) return { ...known, readWriteSet: undefined, lacksAction: false };

    return { ...known, ...decodeAction(payload.getData_asU8()) };
  } catch {
    return unreadable;
  }
}

/** Envelope `index` of a serialized transaction's results: the chaincode action's `results`, decoded. */
function decodeAction(data: Uint8Array): Pick<LedgerTransaction, 'readWriteSet' | 'lacksAction'> {
  const results = actionResults(data);
  if (results === undefined) return { readWriteSet: undefined, lacksAction: true };
  try {
    return { readWriteSet: decodeReadWriteSet(results), lacksAction: false };
  } catch {
    return { readWriteSet: undefined, lacksAction: false };
  }
}

function actionResults(data: Uint8Array): Uint8Array | undefined {
  try {
    const [action] = peer.Transaction.deserializeBinary(data).getActionsList();
    const endorsed = peer.ChaincodeActionPayload.deserializeBinary(action?.getPayload_asU8() ?? new Uint8Array(0)).getAction();

    return endorsed === undefined ? undefined : resultsOf(endorsed);
  } catch {
    return undefined;
  }
}

function resultsOf(endorsed: peer.ChaincodeEndorsedAction): Uint8Array {
  const response = peer.ProposalResponsePayload.deserializeBinary(endorsed.getProposalResponsePayload_asU8());
  return peer.ChaincodeAction.deserializeBinary(response.getExtension_asU8()).getResults_asU8();
}
