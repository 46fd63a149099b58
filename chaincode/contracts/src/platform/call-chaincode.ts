import { decodeError, DomainError } from '@medaccord/domain';
import type { MedAccordContext } from './medaccord-context.js';

/**
 * Asks a query of another chaincode on the same channel. What it reads stands in this transaction's read set. Throws the
 * other's own DomainError, or LEDGER_FAULT.
 */
export async function callChaincode(ctx: MedAccordContext, chaincode: string, transaction: string, argument: string): Promise<string> {
  const { status, payload, message } = await answer(ctx, chaincode, [transaction, argument]);
  if (status >= 400) throw decodeError(message ?? '') ?? new DomainError('LEDGER_FAULT', { chaincode });
  return new TextDecoder().decode(payload);
}

async function answer(ctx: MedAccordContext, chaincode: string, args: string[]): Promise<{ status: number; payload?: Uint8Array; message?: string }> {
  try {
    return await ctx.stub.invokeChaincode(chaincode, args, '');
  } catch (error) {
    // A peer reports a chaincode that refuses as a failed call; the refusal's text is inside.
    throw (error instanceof Error ? decodeError(error.message) : undefined) ?? error;
  }
}
