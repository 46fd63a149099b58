import { join } from 'node:path';
import { CHAINCODES } from '@medaccord/contracts';
import { houseRoot } from '@medaccord/network/cli';

/** The part of a context that is used here. */
interface Context {
  readonly stub: { getTxID(): string; putPrivateData(collection: string, key: string, value: Uint8Array): Promise<void> };
}

type Apply = (ctx: Context, commandHash: string) => Promise<void>;

// Serves claims with rules of its own: whatever a command does, it writes a little more than the others.

const [Claims] = CHAINCODES.claims;
const patched = Claims?.prototype as unknown as { apply: Apply };
const honest = patched.apply;
patched.apply = async function apply(this: unknown, ctx: Context, commandHash: string): Promise<void> {
  await honest.call(this, ctx, commandHash);
  await ctx.stub.putPrivateData('_implicit_org_HospitalMSP', ctx.stub.getTxID(), Buffer.from('a different answer'));
};

await import(join(houseRoot, 'chaincode/contracts/dist/main.js'));
