import { freeText, integer, list, npiShape, nullable, object, opaqueId, optional, text } from '@medaccord/domain';
import type { Npi, OpaqueId, Shape } from '@medaccord/domain';
import { isWebhookUrl } from './webhook.js';

const webhookUrl = text((value) => value.length <= 2000 && isWebhookUrl(value));

/** Reads a new subscriber. */
export const subscriberRequest: Shape<{ readonly name: string; readonly webhookUrl?: string }> = object<{ name: string; webhookUrl?: string }>({ name: freeText(1, 100), webhookUrl: optional(webhookUrl) });

/** Reads where to send notices; null ends sending. */
export const webhookRequest: Shape<{ readonly webhookUrl: string | null }> = object<{ webhookUrl: string | null }>({ webhookUrl: nullable(webhookUrl) });
export const subscriptionsRequest: Shape<{ readonly npis: readonly Npi[] }> = object<{ npis: readonly Npi[] }>({ npis: list(npiShape, 1, 1000) });
export const acknowledgementRequest: Shape<{ readonly position: number }> = object<{ position: number }>({ position: integer(0) });

/** Reads which notices to send again: all after a position, or these. */
export const replayRequest: Shape<{ readonly after?: number; readonly noticeIds?: readonly OpaqueId[] }> = object<{ after?: number; noticeIds?: readonly OpaqueId[] }>({
  after: optional(integer(0)), noticeIds: optional(list(opaqueId, 1, 1000)),
});

/** Reads a page of a feed. */
export const feedPage: Shape<{ readonly after?: number; readonly limit?: number }> = object<{ after?: number; limit?: number }>({ after: optional(integer(0)), limit: optional(integer(1, 1000)) });
