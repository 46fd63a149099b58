import { gunzipSync } from 'node:zlib';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Simulator } from '../api.js';

/** One call of a recorded simulation with what the peer answered; byte strings are base64. */
export interface RecordedCall {
  readonly op: string;
  readonly args: readonly string[];
  readonly n?: number;
  readonly value?: string;
  readonly error?: string;
  readonly out?: unknown;
}

export interface RecordedTransaction {
  readonly txId: string;
  readonly ops: readonly RecordedCall[];
  readonly public: string;
  readonly private?: string;
  /** base64 of `namespace/collection/key`, then the policy. */
  readonly policies?: readonly string[];
  readonly reads?: readonly string[];
}

export interface RecordedBlock {
  readonly simulated: readonly RecordedTransaction[];
  readonly txs: readonly { readonly txId: string; readonly withheld?: boolean; readonly given: number }[];
  readonly block: string;
}

/** A chain that the ledger of a Fabric 3.1.5 peer executed: every call, block, write set and the final state. */
export interface RecordedChain {
  readonly genesis: string;
  readonly blocks: readonly RecordedBlock[];
  readonly state: readonly { readonly Ns: string; readonly Key: string; readonly Value: string; readonly Metadata: string; readonly Block: number; readonly Tx: number }[];
  /** Private write sets by block and transaction number. */
  readonly private: Readonly<Record<string, Readonly<Record<string, string>>>>;
}

/** Reads a recording of this folder; compiled tests find it beside the sources. */
export function readRecording(path = join(import.meta.dirname, '../../../../embedded/ledger/testing/fabric-chain.json.gz')): RecordedChain {
  const bytes = readFileSync(path);
  return JSON.parse((path.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString()) as RecordedChain;
}

const base64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64');
const optional = (bytes: Uint8Array | undefined): string | undefined => bytes && base64(bytes);
const pair = ({ key, value }: { readonly key: string; readonly value: Uint8Array }): string[] => [base64(Buffer.from(key)), base64(value)];
const metadata = (map: ReadonlyMap<string, Uint8Array>): unknown => Object.fromEntries([...map].map(([name, value]) => [name, base64(value)]));

type Call = (simulator: Simulator, args: readonly [string, string, string, string], call: RecordedCall) => unknown;
const bytesOf = (call: RecordedCall): Buffer => Buffer.from(call.value ?? '', 'base64');

const calls: Readonly<Record<string, Call>> = {
  getState: async (simulator, [ns, key]) => optional(await simulator.getState(ns, key)),
  getStates: async (simulator, [ns], { args }) => (await simulator.getStates(ns, args.slice(1))).map((value) => optional(value) ?? null),
  setState: (simulator, [ns, key], call) => {
    simulator.setState(ns, key, bytesOf(call));
  },
  deleteState: (simulator, [ns, key]) => {
    simulator.deleteState(ns, key);
  },
  getStateMetadata: async (simulator, [ns, key]) => metadata(await simulator.getStateMetadata(ns, key)),
  setStateMetadata: (simulator, [ns, key, name], call) => simulator.setStateMetadata(ns, key, name, bytesOf(call)),
  range: async (simulator, [ns, start, end], { n = 0 }) => {
    const { results } = await (await simulator.getStateRange(ns, start, end)).next(n);
    return results.map(pair);
  },
  page: async (simulator, [ns, start, end], { n = 0 }) => {
    const { results, bookmark } = await simulator.getStatePage(ns, start, end, n, '');
    return [results.map(pair), base64(Buffer.from(bookmark))];
  },
  history: async (simulator, [ns, key]) => {
    const { results } = await (await simulator.getHistory(ns, key)).next(1000);
    return results.map(({ txId, value, isDelete }) => [txId, base64(value), isDelete]);
  },
  getPrivateData: async (simulator, [ns, coll, key]) => optional(await simulator.getPrivateData(ns, coll, key)),
  getPrivateDataMultiple: async (simulator, [ns, coll], { args }) =>
    (await simulator.getPrivateDataMultiple(ns, coll, args.slice(2))).map((value) => optional(value) ?? null),
  getPrivateDataHash: async (simulator, [ns, coll, key]) => optional(await simulator.getPrivateDataHash(ns, coll, key)),
  setPrivateData: (simulator, [ns, coll, key], call) => {
    simulator.setPrivateData(ns, coll, key, bytesOf(call));
  },
  deletePrivateData: (simulator, [ns, coll, key]) => {
    simulator.deletePrivateData(ns, coll, key);
  },
  purgePrivateData: (simulator, [ns, coll, key]) => {
    simulator.purgePrivateData(ns, coll, key);
  },
  getPrivateDataMetadata: async (simulator, [ns, coll, key]) => metadata(await simulator.getPrivateDataMetadata(ns, coll, key)),
  setPrivateDataMetadata: (simulator, [ns, coll, key, name], call) => simulator.setPrivateDataMetadata(ns, coll, key, name, bytesOf(call)),
  privateRange: async (simulator, [ns, coll, start, end], { n = 0 }) => {
    const { results } = await (await simulator.getPrivateDataRange(ns, coll, start, end)).next(n);
    return results.map(pair);
  },
};

/** Repeats a recorded call; answers in the recording's form. */
export async function repeat(simulator: Simulator, call: RecordedCall): Promise<Pick<RecordedCall, 'error' | 'out'>> {
  const [a = '', b = '', c = '', d = ''] = call.args;
  const action = calls[call.op];
  if (action === undefined) throw new Error(`unknown call ${call.op}`);
  try {
    const out = await action(simulator, [a, b, c, d], call);
    return out === undefined ? {} : { out };
  } catch (error) {
    return { error: error instanceof Error ? error.message : String(error) };
  }
}
