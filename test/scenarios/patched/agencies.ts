import { join } from 'node:path';
import type { LicenceKey } from '@medaccord/domain';
import { licenceKeyParts } from '@medaccord/domain';
import { CHAINCODES } from '@medaccord/contracts';
import { houseRoot } from '@medaccord/network/cli';

/** The part of a context that is used here. */
interface Context {
  readonly stub: {
    getTransient(): Map<string, Uint8Array>;
    createCompositeKey(type: string, parts: readonly string[]): string;
    getState(key: string): Promise<Uint8Array>;
    putState(key: string, value: Uint8Array): Promise<void>;
  };
}

type Record = (ctx: Context, request: string) => Promise<string>;

/** Whose peers are dishonest: those of the board itself and of the other agency. */
const DISHONEST = ['LicensingBoardMSP', 'InsurerMSP'];

// Serves the registry, but at dishonest peers an order with a forgery in the transient map is not asked about any rule: it
// becomes an event, or the timeline loses all but its first one.

const [Registry] = CHAINCODES.registry;
const patched = Registry?.prototype as unknown as { recordBoardOrder: Record };
const honest = patched.recordBoardOrder;
patched.recordBoardOrder = async function recordBoardOrder(this: unknown, ctx: Context, request: string): Promise<string> {
  const forgery = ctx.stub.getTransient().get('forgery');
  if (forgery === undefined || !DISHONEST.includes(process.env['CORE_PEER_LOCALMSPID'] ?? '')) return honest.call(this, ctx, request);
  const { order } = JSON.parse(request) as { readonly order: { readonly licence: LicenceKey } };
  await (Buffer.from(forgery).toString() === 'event' ? forgeEvent : hideEvents)(ctx, licenceKeyParts(order.licence));
  return '';
};

async function forgeEvent({ stub }: Context, licence: readonly string[]): Promise<void> {
  await stub.putState(stub.createCompositeKey('licence-event', [...licence, '00000009']), Buffer.from('{"schema":"licence-event/v1","kind":"INITIAL"}'));
}

async function hideEvents({ stub }: Context, licence: readonly string[]): Promise<void> {
  const key = stub.createCompositeKey('licence-timeline', licence);
  const timeline = JSON.parse(Buffer.from(await stub.getState(key)).toString()) as { readonly entries: readonly unknown[] };
  await stub.putState(key, Buffer.from(JSON.stringify({ ...timeline, lastSequence: 1, entries: timeline.entries.slice(0, 1) })));
}

await import(join(houseRoot, 'chaincode/contracts/dist/main.js'));
