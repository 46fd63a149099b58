import { Body, Controller, Get, Inject, Param, Post, Query as QueryText } from '@nestjs/common';
import { DomainError, invalidInput, issue, npiShape, object, opaqueId, optional, integer, parse, present } from '@medaccord/domain';
import type { Npi, OpaqueId } from '@medaccord/domain';
import { GatewaySecret } from '../config/gateway-secret.js';
import { Command, Paged, Query } from '../http/endpoint.decorators.js';
import { withInteger } from '../http/query-integer.js';
import { CurrentWrite } from '../idempotency/current-write.js';
import type { WriteRequest } from '../idempotency/write-request.js';
import { opaqueIdOf } from '../ledger/claims-client.js';
import {
  AcknowledgementDto, FeedDto, MonitoringCountDto, ReplayDto, SubscriberDto, SubscriberRequestDto, SubscriberWithSecretDto, SubscriptionPageDto, SubscriptionsDto, WebhookRequestDto,
} from './dto/monitoring.dto.js';
import { Monitor } from './monitor.js';
import { MonitoringService } from './monitoring-service.js';
import { MonitoringStore } from './monitoring-store.js';
import type { Feed, ShownSubscriber, StoredNotice, Subscriber } from './monitoring-store.js';
import { acknowledgementRequest, feedPage, replayRequest, subscriberRequest, subscriptionsRequest, webhookRequest } from './requests.js';
import { webhookSecret } from './webhook.js';

type Parameters = Readonly<Record<string, unknown>>;

interface Counted {
  readonly count: number;
}

interface SubscriberWithSecret extends ShownSubscriber {
  readonly webhookSecret?: string;
}

const tag = 'monitoring';
const usualLimit = 100;
const clinicianPage = object<{ readonly after?: string; readonly limit?: number }>({ after: optional(npiShape), limit: optional(integer(1, 1000)) });

/** Who is told of changes of clinicians, and of what they were told. */
@Controller('v1/monitoring/subscribers')
export class MonitoringController {
  readonly #store: MonitoringStore;
  readonly #monitor: Monitor;
  readonly #service: MonitoringService;
  readonly #secret: GatewaySecret;

  constructor(
    @Inject(MonitoringStore) store: MonitoringStore, @Inject(Monitor) monitor: Monitor, @Inject(MonitoringService) service: MonitoringService, @Inject(GatewaySecret) secret: GatewaySecret,
  ) {
    this.#store = store;
    this.#monitor = monitor;
    this.#service = service;
    this.#secret = secret;
  }

  @Post()
  @Command('monitoring.work', { summary: 'Enter a subscriber', description: 'A system of the organisation. With a webhook the answer tells its secret, once.', body: SubscriberRequestDto, answer: SubscriberWithSecretDto, tag })
  async enter(@Body() body: unknown, @CurrentWrite() write: WriteRequest): Promise<SubscriberWithSecret> {
    const { name, webhookUrl = null } = parse(subscriberRequest, body);
    const subscriber = await this.#store.addSubscriber({ id: opaqueIdOf(write.derive('subscriber')), name, webhookUrl });
    await this.#service.start();

    return this.#withSecret(subscriber);
  }

  @Get()
  @Query('monitoring.read', { summary: 'Subscribers', answer: [SubscriberDto], tag })
  async subscribers(): Promise<readonly ShownSubscriber[]> {
    const subscribers = await this.#store.subscribers();

    return Promise.all(subscribers.map((one) => this.#shown(one)));
  }

  @Post(':id/webhook')
  @Command('monitoring.work', { summary: 'Send notices elsewhere, or not at all', description: 'Each call makes another secret.', body: WebhookRequestDto, answer: SubscriberWithSecretDto, status: 200, tag })
  async setWebhook(@Param('id') id: string, @Body() body: unknown): Promise<SubscriberWithSecret> {
    const { webhookUrl } = parse(webhookRequest, body);

    return this.#withSecret(await this.#store.setWebhook(await this.#existing(id), webhookUrl));
  }

  @Post(':id/removal')
  @Command('monitoring.work', { summary: 'Remove a subscriber with its notices', answer: MonitoringCountDto, status: 200, tag })
  async remove(@Param('id') id: string): Promise<Counted> {
    await this.#store.removeSubscriber(parse(opaqueId, id));

    return { count: 1 };
  }

  @Post(':id/clinicians')
  @Command('monitoring.work', { summary: 'Subscribe to clinicians', description: 'What stands now counts as known, steps of the expiry ladder and exclusions excepted.', body: SubscriptionsDto, answer: MonitoringCountDto, tag })
  async subscribe(@Param('id') id: string, @Body() body: unknown): Promise<Counted> {
    const npis = [...new Set(parse(subscriptionsRequest, body).npis)];
    await this.#monitor.subscribe(await this.#existing(id), npis);
    await this.#service.lookAtExclusions();

    return { count: npis.length };
  }

  @Post(':id/clinicians/removals')
  @Command('monitoring.work', { summary: 'End subscriptions to clinicians', body: SubscriptionsDto, answer: MonitoringCountDto, status: 200, tag })
  async unsubscribe(@Param('id') id: string, @Body() body: unknown): Promise<Counted> {
    return { count: await this.#store.unsubscribe(await this.#existing(id), parse(subscriptionsRequest, body).npis) };
  }

  @Get(':id/clinicians')
  @Paged()
  @Query('monitoring.read', { summary: 'Clinicians of a subscriber', answer: SubscriptionPageDto, tag })
  async clinicians(@Param('id') id: string, @QueryText() query: Parameters): Promise<{ readonly items: readonly Npi[]; readonly next?: Npi }> {
    const { after = '', limit = usualLimit } = parse(clinicianPage, withInteger(query, 'limit'));
    const items = await this.#store.clinicians(await this.#existing(id), after, limit);

    return { items, ...present('next', items.length < limit ? undefined : items.at(-1)) };
  }

  @Get(':id/notices')
  @Paged({ after: 'Position; the acknowledged one where left out.', position: true })
  @Query('monitoring.read', { summary: 'A subscriber’s notices', answer: FeedDto, tag })
  async feed(@Param('id') id: string, @QueryText() query: Parameters): Promise<Feed> {
    const { cursor } = await this.#store.subscriber(parse(opaqueId, id));
    const { after = cursor, limit = usualLimit } = pageOf(query);

    return feedOf(await this.#store.feed(id, after, limit), after);
  }

  @Post(':id/acknowledgements')
  @Command('monitoring.work', { summary: 'Acknowledge notices up to a position', description: 'The feed begins after it from then on.', body: AcknowledgementDto, answer: SubscriberDto, status: 200, tag })
  async acknowledge(@Param('id') id: string, @Body() body: unknown): Promise<ShownSubscriber> {
    return this.#shown(await this.#store.acknowledge(await this.#existing(id), parse(acknowledgementRequest, body).position));
  }

  @Get(':id/dead-letters')
  @Paged({ after: 'Position.', position: true })
  @Query('monitoring.read', { summary: 'Notices that could not be sent', answer: FeedDto, tag })
  async deadLetters(@Param('id') id: string, @QueryText() query: Parameters): Promise<Feed> {
    const { after = 0, limit = usualLimit } = pageOf(query);

    return feedOf(await this.#store.deadLetters(await this.#existing(id), after, limit), after);
  }

  @Post(':id/replays')
  @Command('monitoring.work', { summary: 'Send notices again', description: 'With the ids that they have: dead letters, or all after a position.', body: ReplayDto, answer: MonitoringCountDto, tag })
  async replay(@Param('id') id: string, @Body() body: unknown): Promise<Counted> {
    const { after, noticeIds } = parse(replayRequest, body);
    if ((after === undefined) === (noticeIds === undefined)) throw invalidInput([issue('INCONSISTENT', '')]);
    const { webhookUrl } = await this.#store.subscriber(parse(opaqueId, id));
    if (webhookUrl === null) throw new DomainError('WEBHOOK_MISSING');

    return { count: await this.#store.replay(id, noticeIds === undefined ? { after: after ?? 0 } : { noticeIds }) };
  }

  async #existing(id: string): Promise<OpaqueId> {
    return (await this.#store.subscriber(parse(opaqueId, id))).id;
  }

  async #withSecret(subscriber: Subscriber): Promise<SubscriberWithSecret> {
    return { ...(await this.#shown(subscriber)), ...present('webhookSecret', subscriber.webhookUrl === null ? undefined : webhookSecret(this.#secret, subscriber)) };
  }

  async #shown({ id, name, webhookUrl, cursor }: Subscriber): Promise<ShownSubscriber> {
    return { id, name, webhookUrl, cursor, ...(await this.#store.deliveryCounts(id)) };
  }
}

function pageOf(query: Parameters): { readonly after?: number; readonly limit?: number } {
  return parse(feedPage, withInteger(withInteger(query, 'limit'), 'after'));
}

function feedOf(notices: readonly StoredNotice[], after: number): Feed {
  const items = notices.map(({ id, position, kind, npi, detail, createdAt, delivery, attempts, lastOutcome }) => ({ id, position, kind, npi, detail, createdAt, delivery, attempts, lastOutcome }));

  return { items, next: items.at(-1)?.position ?? after };
}
