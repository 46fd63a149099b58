import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { NOTICE_KINDS } from '../notice.js';
import type { Feed, ShownSubscriber } from '../monitoring-store.js';
import type { NoticeDelivery, NoticeDetail, NoticeKind } from '../notice.js';

/** A new subscriber. */
export class SubscriberRequestDto {
  @ApiProperty({ description: 'Which system it is, for people.' })
  name!: string;

  @ApiPropertyOptional({ description: 'HTTPS, or anything on this machine; without it the subscriber pulls its feed.' })
  webhookUrl?: string;
}

/** Where to send notices. */
export class WebhookRequestDto {
  @ApiProperty({ type: String, nullable: true, description: 'Null: the subscriber pulls its feed from now on.' })
  webhookUrl!: string | null;
}

/** A subscriber. */
export class SubscriberDto implements ShownSubscriber {
  @ApiProperty()
  id!: string;

  @ApiProperty()
  name!: string;

  @ApiProperty({ type: String, nullable: true })
  webhookUrl!: string | null;

  @ApiProperty({ description: 'Position of the last notice that it acknowledged.' })
  cursor!: number;

  @ApiProperty({ description: 'Notices that wait to be sent.' })
  pending!: number;

  @ApiProperty({ description: 'Notices that could not be sent.' })
  dead!: number;
}

/** A subscriber with the secret of its webhook, which is told only here. */
export class SubscriberWithSecretDto extends SubscriberDto {
  @ApiPropertyOptional({ description: 'For checking `webhook-signature`, as standardwebhooks.com describes.' })
  webhookSecret?: string;
}

/** Clinicians by NPI. */
export class SubscriptionsDto {
  @ApiProperty({ type: [String], maxItems: 1000 })
  npis!: string[];
}

/** Clinicians of a subscriber in order. */
export class SubscriptionPageDto {
  @ApiProperty({ type: [String] })
  items!: string[];

  @ApiPropertyOptional({ description: '`after` of the following page.' })
  next?: string;
}

/** How many there were. */
export class MonitoringCountDto {
  @ApiProperty()
  count!: number;
}

/** A notice: what it is about, never why. */
export class NoticeDto {
  @ApiProperty({ description: 'The same whenever the same thing is noticed.' })
  id!: string;

  @ApiProperty({ description: 'Order of the feed.' })
  position!: number;

  @ApiProperty({ enum: NOTICE_KINDS })
  kind!: NoticeKind;

  @ApiProperty()
  npi!: string;

  @ApiProperty({ type: 'object', additionalProperties: true, description: 'Licence and number of its event, of a related licence’s event, of the link’s event, or the day; last day of validity and step of the ladder; or pair and version.' })
  detail!: NoticeDetail;

  @ApiProperty({ format: 'date-time' })
  createdAt!: Date;

  @ApiProperty({ enum: ['FEED', 'PENDING', 'DELIVERED', 'DEAD'], description: 'FEED: not sent, as there was no webhook.' })
  delivery!: NoticeDelivery;

  @ApiProperty()
  attempts!: number;

  @ApiProperty({ type: String, nullable: true, description: 'How the last try ended: an HTTP status, TIMEOUT or UNREACHABLE.' })
  lastOutcome!: string | null;
}

/** Notices in the order of their positions. */
export class FeedDto implements Feed {
  @ApiProperty({ type: [NoticeDto] })
  items!: NoticeDto[];

  @ApiProperty({ description: '`after` of what comes next, now or later.' })
  next!: number;
}

/** Everything up to a position has been taken. */
export class AcknowledgementDto {
  @ApiProperty()
  position!: number;
}

/** What to send again; one of the two. */
export class ReplayDto {
  @ApiPropertyOptional({ description: 'All notices after this position.' })
  after?: number;

  @ApiPropertyOptional({ type: [String] })
  noticeIds?: string[];
}
