import { strict as assert } from 'node:assert';

/** How the official client told that something was refused, without what differs from run to run. */
export interface Refusal {
  /** Class of the error, which names the stage: `EndorseError`, `SubmitError`, `CommitStatusError`, `GatewayError`. */
  readonly stage: string;
  /** gRPC status code; 0 where a block stream ended with a status of its own. */
  readonly code: number;
  readonly message: string;
  /** What single peers said, in alphabetical order. */
  readonly details: readonly string[];
}

interface GatewayErrorShape {
  readonly name: string;
  readonly code: number;
  readonly message: string;
  readonly details?: readonly { readonly mspId: string; readonly message: string }[];
}

/** The refusal that the promise ends with; fails where it is kept. */
export async function refusalOf(promise: Promise<unknown>): Promise<Refusal> {
  try {
    await promise;
  } catch (error) {
    return toRefusal(error);
  }
  return assert.fail('was accepted although it had to be refused');
}

function toRefusal(error: unknown): Refusal {
  const { name, code, message, details = [] } = error as GatewayErrorShape;
  assert.equal(isRefusal(error), true, `expected a refusal, got ${String(error)}`);
  return { stage: name, code: typeof code === 'number' ? code : 0, message: withoutParticulars(message), details: details.map((one) => withoutParticulars(`${one.mspId}: ${one.message}`)).sort() };
}

/** An error of the gateway has a gRPC code; one of a block stream only tells the status in its text. */
function isRefusal(error: unknown): boolean {
  const { code, message } = error as GatewayErrorShape;
  return typeof code === 'number' || message.startsWith('Unexpected status response');
}

/** Replaces transaction ids, addresses, times and the keys of a run. */
export function withoutParticulars(text: string): string {
  return text
    .replaceAll(/\b[0-9a-f]{64}\b/g, '<hash>')
    .replaceAll(/\b[0-9a-f]{65,}\b/g, '<bytes>')
    .replaceAll(/\d{4}-\d{2}-\d{2}T[0-9:.]+Z/g, '<moment>')
    .replaceAll(/\b(?:localhost|127\.0\.0\.1|\[::1\]|[a-z0-9-]+(?:\.[a-z0-9-]+)+):\d+\b/g, '<address>')
    .replaceAll(/\{BlockNum: \d+, TxNum: \d+\}/g, '<version>')
    .replaceAll(/\bk\d+-[0-9a-f]{8}\b/g, '<key>')
    .replaceAll(/\b\d+(?:\.\d+)?(?:ms|s)\b/g, '<time>');
}
