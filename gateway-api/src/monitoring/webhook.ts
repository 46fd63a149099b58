import { createHmac } from 'node:crypto';
import type { GatewaySecret } from '../config/gateway-secret.js';
import type { StoredNotice, Subscriber } from './monitoring-store.js';

/** A message as it is sent: what happened to whom is read from the feed, by those who may. */
export interface WebhookMessage {
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** How a receiver answered. */
export interface WebhookOutcome {
  readonly delivered: boolean;
  /** An HTTP status, TIMEOUT or UNREACHABLE. */
  readonly outcome: string;
}

const timeoutMs = 10_000;

/** The secret that a subscriber checks signatures with; a new one comes with each new address. */
export function webhookSecret(secret: GatewaySecret, { id, secretVersion }: Pick<Subscriber, 'id' | 'secretVersion'>): string {
  return `whsec_${secret.mac('webhook', id, String(secretVersion)).toString('base64')}`;
}

/**
 * The message of a notice, signed as standardwebhooks.com describes: HMAC-SHA256 over id, time of sending in seconds and
 * body. The id stays the same however often it is sent; the time tells a receiver of replays by others.
 */
export function webhookMessage(notice: Pick<StoredNotice, 'id' | 'kind' | 'position' | 'createdAt' | 'subscriberId'>, secret: string, seconds: number): WebhookMessage {
  const { id, kind, position, createdAt, subscriberId } = notice;
  const href = `/v1/monitoring/subscribers/${subscriberId}/notices?after=${position - 1}&limit=1`;
  const body = JSON.stringify({ schema: 'monitoring-notice/v1', id, kind, position, createdAt: createdAt.toISOString(), href });

  return { headers: { 'Content-Type': 'application/json', 'webhook-id': id, 'webhook-timestamp': String(seconds), 'webhook-signature': `v1,${signature(secret, `${id}.${seconds}.${body}`)}` }, body };
}

/** Sends a message; redirections are not followed, as the address is the one that was agreed. */
export async function sendWebhook(url: string, { headers, body }: WebhookMessage): Promise<WebhookOutcome> {
  try {
    const response = await fetch(url, { method: 'POST', headers, body, redirect: 'manual', signal: AbortSignal.timeout(timeoutMs) });
    await response.body?.cancel();

    return { delivered: response.ok, outcome: String(response.status) };
  } catch (error) {
    return { delivered: false, outcome: error instanceof DOMException && error.name === 'TimeoutError' ? 'TIMEOUT' : 'UNREACHABLE' };
  }
}

/** Whether a URL may be a webhook: HTTPS, or anything on this machine. */
export function isWebhookUrl(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const { protocol, hostname, username, password } = new URL(text);

  return username === '' && password === '' && (protocol === 'https:' || (protocol === 'http:' && (hostname === 'localhost' || hostname === '127.0.0.1' || hostname === '[::1]')));
}

function signature(secret: string, content: string): string {
  return createHmac('sha256', Buffer.from(secret.slice('whsec_'.length), 'base64')).update(content).digest('base64');
}
