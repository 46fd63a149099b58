import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import type { GatewayClient } from '../../demo/gateway-client.js';

/** How a gateway answered a request that was sent until it was answered for good; counts by kind of answer. */
export interface AnswerCounts {
  /** 503: nothing was recorded, or nobody can tell; try again. */
  unavailable: number;
  /** 202 with a transaction id: sent, outcome not known yet. */
  pending: number;
  /** No answer: the connection failed, or the gateway was not there. */
  silent: number;
  /** 409: the first request under the same key is still being worked on. */
  running: number;
  /** A claim that the insurer's gateway answered as not decided, which ends a request without a decision. */
  undecided: number;
  /** What the 503s said: code and details. */
  readonly reasons: Set<string>;
  /** Everything else but success, which no fault of somebody else excuses: status and code. */
  readonly dishonest: string[];
}

export function noAnswers(): AnswerCounts {
  return { unavailable: 0, pending: 0, silent: 0, running: 0, undecided: 0, reasons: new Set(), dishonest: [] };
}

/** Between two tries of one request. */
const retryPauseMs = 250;
const answerWithinMs = 90_000;

interface Answer {
  readonly status: number;
  readonly body: Readonly<Record<string, unknown>>;
}

/**
 * Sends one write under one Idempotency-Key until it is answered, as a back-office system does; undefined where it is
 * refused for good. What was answered on the way is counted.
 */
export async function sendUntilAnswered<T>(client: GatewayClient, path: string, body: unknown, counts: AnswerCounts): Promise<T | undefined> {
  const key = randomUUID();
  for (;;) {
    const answer = await sendOnce(client, path, body, key);
    if (answer !== undefined && (answer.status === 200 || answer.status === 201)) return answer.body as T;
    if (count(counts, answer) === 'refused') return undefined;
    await pause(retryPauseMs);
  }
}

async function sendOnce(client: GatewayClient, path: string, body: unknown, key: string): Promise<Answer | undefined> {
  try {
    const headers = { 'content-type': 'application/json', 'idempotency-key': key, authorization: `Bearer ${await client.token()}` };
    const response = await fetch(`${client.url}${path}`, { method: 'POST', headers, body: JSON.stringify(body), signal: AbortSignal.timeout(answerWithinMs) });
    return { status: response.status, body: (await response.json()) as Answer['body'] };
  } catch {
    return undefined;
  }
}

function count(counts: AnswerCounts, answer: Answer | undefined): 'again' | 'refused' {
  if (answer === undefined) {
    counts.silent += 1;
    return 'again';
  }
  const { status, body } = answer;
  const reason = `${status} ${String(body['code'])} ${JSON.stringify(body['details'] ?? {})}`;
  if (status === 503) {
    counts.unavailable += 1;
    counts.reasons.add(reason);
  } else if (status === 202 && typeof body['transactionId'] === 'string') counts.pending += 1;
  else if (status === 409 && body['code'] === 'IDEMPOTENT_REQUEST_RUNNING') counts.running += 1;
  else {
    counts.dishonest.push(reason);
    return status >= 500 ? 'again' : 'refused';
  }
  return 'again';
}
