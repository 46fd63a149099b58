import { and, asc, count, eq, gt, inArray, like, lte, or, sql } from 'drizzle-orm';
import { DomainError, EVERY_NUMBER } from '@medaccord/domain';
import type { Npi, OpaqueId } from '@medaccord/domain';
import type { Database } from '../database/schema.js';
import { ledgerCheckpoints, monitoredLicences, monitoringNotices, monitoringSubscribers, monitoringSubscriptions } from '../database/schema.js';
import type { LedgerPosition } from '../ledger/event-stream.js';
import type { WatchedLicence } from './licence-watch.js';
import type { Notice, NoticeDelivery } from './notice.js';

/** A system of the organisation that is told of changes. */
export interface Subscriber {
  readonly id: OpaqueId;
  readonly name: string;
  readonly webhookUrl: string | null;
  readonly secretVersion: number;
  /** Position of the last notice that it acknowledged. */
  readonly cursor: number;
}

/** A notice in a subscriber's feed. */
export interface StoredNotice extends Notice {
  readonly subscriberId: OpaqueId;
  readonly position: number;
  readonly createdAt: Date;
  readonly delivery: NoticeDelivery;
  readonly attempts: number;
  readonly lastOutcome: string | null;
}

/** One subscriber's subscription to one clinician. */
export interface Subscription {
  readonly subscriberId: OpaqueId;
  readonly npi: Npi;
}

/** What is new for a subscription, and what has been told of its licences after it. */
export interface News extends Subscription {
  readonly notices: readonly Notice[];
  readonly told: readonly WatchedLicence[];
}

/** A subscriber as others may see it. */
export interface ShownSubscriber extends Omit<Subscriber, 'secretVersion'> {
  /** Notices that wait to be sent. */
  readonly pending: number;
  /** Notices that could not be sent. */
  readonly dead: number;
}

/** Notices in order, and where the feed goes on, now or later. */
export interface Feed {
  readonly items: readonly Omit<StoredNotice, 'subscriberId'>[];
  readonly next: number;
}

/** Which notices to send again: all after a position, or these. */
export type Replay = { readonly after: number } | { readonly noticeIds: readonly OpaqueId[] };

/** Arbitrary, but the same for every gateway: positions are given in the order of commits, so that no reader skips one. */
const noticesLock = 4_012_584;

/** A webhook that is being sent belongs to its sender for so long; after that it is sent by the next. */
const sendingSeconds = 60;

const { subscriberId, id, position, kind, npi, detail, createdAt, delivery, attempts, lastOutcome, nextAttemptAt } = monitoringNotices;
const shownNotice = { subscriberId, id, position, kind, npi, detail, createdAt, delivery, attempts, lastOutcome };

/** Subscribers, what they have been told, and how far the ledger has been read. */
export class MonitoringStore {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  /** Enters a subscriber; the same one again is left as it is. */
  async addSubscriber(subscriber: { readonly id: OpaqueId; readonly name: string; readonly webhookUrl: string | null }): Promise<Subscriber> {
    await this.#database.insert(monitoringSubscribers).values(subscriber).onConflictDoNothing();

    return this.subscriber(subscriber.id);
  }

  /** Throws SUBSCRIBER_NOT_FOUND. */
  async subscriber(wanted: OpaqueId): Promise<Subscriber> {
    const [found] = await this.#database.select().from(monitoringSubscribers).where(eq(monitoringSubscribers.id, wanted));
    if (found === undefined) throw new DomainError('SUBSCRIBER_NOT_FOUND');

    return found;
  }

  async subscribers(): Promise<readonly Subscriber[]> {
    return this.#database.select().from(monitoringSubscribers).orderBy(asc(monitoringSubscribers.createdAt), asc(monitoringSubscribers.id));
  }

  /** Gives a subscriber another address, or none, and with it another secret; what waits goes there. */
  async setWebhook(wanted: OpaqueId, webhookUrl: string | null): Promise<Subscriber> {
    await this.#database.update(monitoringSubscribers).set({ webhookUrl, secretVersion: sql`${monitoringSubscribers.secretVersion} + 1` }).where(eq(monitoringSubscribers.id, wanted));
    if (webhookUrl === null) await this.#database.update(monitoringNotices).set({ delivery: 'FEED' }).where(and(eq(subscriberId, wanted), eq(delivery, 'PENDING')));

    return this.subscriber(wanted);
  }

  async removeSubscriber(wanted: OpaqueId): Promise<void> {
    const removed = await this.#database.delete(monitoringSubscribers).where(eq(monitoringSubscribers.id, wanted)).returning({ id: monitoringSubscribers.id });
    if (removed.length === 0) throw new DomainError('SUBSCRIBER_NOT_FOUND');
  }

  /** Moves the cursor forward, never back. */
  async acknowledge(wanted: OpaqueId, through: number): Promise<Subscriber> {
    await this.#database.update(monitoringSubscribers).set({ cursor: sql`greatest(${monitoringSubscribers.cursor}, ${through})` }).where(eq(monitoringSubscribers.id, wanted));

    return this.subscriber(wanted);
  }

  /** Subscribes to a clinician with what the subscriber counts as told; a subscription that is there is left as it is. */
  async subscribe(subscription: Subscription, told: readonly WatchedLicence[]): Promise<void> {
    await this.#database.transaction(async (transaction) => {
      const fresh = await transaction.insert(monitoringSubscriptions).values(subscription).onConflictDoNothing().returning({ npi: monitoringSubscriptions.npi });
      if (fresh.length > 0 && told.length > 0) await transaction.insert(monitoredLicences).values(told.map((licence) => ({ ...subscription, ...licence })));
    });
  }

  async unsubscribe(subscriber: OpaqueId, npis: readonly Npi[]): Promise<number> {
    const mine = and(eq(monitoringSubscriptions.subscriberId, subscriber), inArray(monitoringSubscriptions.npi, [...npis]));

    return (await this.#database.delete(monitoringSubscriptions).where(mine).returning({ npi: monitoringSubscriptions.npi })).length;
  }

  /** Clinicians of a subscriber after an NPI, in order. */
  async clinicians(subscriber: OpaqueId, after: string, limit: number): Promise<readonly Npi[]> {
    const mine = and(eq(monitoringSubscriptions.subscriberId, subscriber), gt(monitoringSubscriptions.npi, after));
    const rows = await this.#database.select({ npi: monitoringSubscriptions.npi }).from(monitoringSubscriptions).where(mine).orderBy(asc(monitoringSubscriptions.npi)).limit(limit);

    return rows.map((row) => row.npi);
  }

  /** Everybody whom somebody subscribes to, after an NPI, in order. */
  async watchedClinicians(after: string, limit: number): Promise<readonly Npi[]> {
    const rows = await this.#database.selectDistinct({ npi: monitoringSubscriptions.npi }).from(monitoringSubscriptions).where(gt(monitoringSubscriptions.npi, after)).orderBy(asc(monitoringSubscriptions.npi)).limit(limit);

    return rows.map((row) => row.npi);
  }

  /** Who subscribes to any of these clinicians. */
  async subscriptionsTo(npis: readonly Npi[]): Promise<readonly Subscription[]> {
    return npis.length === 0 ? [] : this.#database.select().from(monitoringSubscriptions).where(inArray(monitoringSubscriptions.npi, [...npis]));
  }

  /** Watched clinicians who hold any of these licences, one of these classes, or one that a compact relates to them, as far as was told. */
  async holdersOf(licenceIds: readonly string[]): Promise<readonly Npi[]> {
    if (licenceIds.length === 0) return [];
    const ofClasses = licenceIds.filter((id) => id.endsWith(EVERY_NUMBER)).map((id) => like(monitoredLicences.licenceId, `${id.slice(0, -EVERY_NUMBER.length)}%`));
    const isRelated = sql`${monitoredLicences.related} ?| ${sql.param([...licenceIds])}::text[]`;
    const rows = await this.#database.selectDistinct({ npi: monitoredLicences.npi }).from(monitoredLicences).where(or(inArray(monitoredLicences.licenceId, [...licenceIds]), ...ofClasses, isRelated));

    return rows.map((row) => row.npi);
  }

  /** What a subscriber has been told of a clinician's licences. */
  async told(subscription: Subscription): Promise<readonly WatchedLicence[]> {
    const { licenceId, knownAt, linkKnownAt, authority, related } = monitoredLicences;

    return this.#database.select({ licenceId, knownAt, linkKnownAt, authority, related }).from(monitoredLicences).where(and(eq(monitoredLicences.subscriberId, subscription.subscriberId), eq(monitoredLicences.npi, subscription.npi)));
  }

  /** Keeps notices together with what has been told by them; a notice that was given before is not given again. */
  async record({ notices, told, ...subscription }: News): Promise<number> {
    return this.#database.transaction(async (transaction) => {
      await transaction.execute(sql`SELECT pg_advisory_xact_lock(${noticesLock})`);
      // A subscription that ended meanwhile is told no more.
      const mine = and(eq(monitoringSubscriptions.subscriberId, subscription.subscriberId), eq(monitoringSubscriptions.npi, subscription.npi));
      const [subscriber] = await transaction.select({ webhookUrl: monitoringSubscribers.webhookUrl }).from(monitoringSubscriptions).innerJoin(monitoringSubscribers, eq(monitoringSubscribers.id, monitoringSubscriptions.subscriberId)).where(mine);
      if (subscriber === undefined) return 0;
      const values = notices.map((notice) => ({ ...subscription, ...notice, delivery: subscriber.webhookUrl === null ? ('FEED' as const) : ('PENDING' as const) }));
      const given = values.length === 0 ? [] : await transaction.insert(monitoringNotices).values(values).onConflictDoNothing().returning({ id });
      for (const licence of told) {
        const row = { ...subscription, ...licence };
        await transaction.insert(monitoredLicences).values(row).onConflictDoUpdate({ target: [monitoredLicences.subscriberId, monitoredLicences.npi, monitoredLicences.licenceId], set: licence });
      }

      return given.length;
    });
  }

  /** A subscriber's notices after a position, in order. */
  async feed(subscriber: OpaqueId, after: number, limit: number): Promise<readonly StoredNotice[]> {
    return this.#database.select(shownNotice).from(monitoringNotices).where(and(eq(subscriberId, subscriber), gt(position, after))).orderBy(asc(position)).limit(limit);
  }

  /** Notices that could not be sent, after a position, in order. */
  async deadLetters(subscriber: OpaqueId, after: number, limit: number): Promise<readonly StoredNotice[]> {
    return this.#database.select(shownNotice).from(monitoringNotices).where(and(eq(subscriberId, subscriber), eq(delivery, 'DEAD'), gt(position, after))).orderBy(asc(position)).limit(limit);
  }

  /** How many of a subscriber's notices wait to be sent, and how many could not be. */
  async deliveryCounts(subscriber: OpaqueId): Promise<{ readonly pending: number; readonly dead: number }> {
    const rows = await this.#database.select({ delivery, notices: count() }).from(monitoringNotices).where(eq(subscriberId, subscriber)).groupBy(delivery);
    const of = (state: NoticeDelivery): number => rows.find((row) => row.delivery === state)?.notices ?? 0;

    return { pending: of('PENDING'), dead: of('DEAD') };
  }

  /** Sends notices again; how many. */
  async replay(subscriber: OpaqueId, which: Replay): Promise<number> {
    const chosen = 'after' in which ? gt(position, which.after) : inArray(id, [...which.noticeIds]);
    const again = await this.#database.update(monitoringNotices).set({ delivery: 'PENDING', attempts: 0, nextAttemptAt: sql`now()` }).where(and(eq(subscriberId, subscriber), chosen)).returning({ id });

    return again.length;
  }

  /** Takes notices whose time has come, oldest first; they belong to this sender for a minute. */
  async takeDue(limit: number): Promise<readonly StoredNotice[]> {
    const due = this.#database.select({ position }).from(monitoringNotices).where(and(eq(delivery, 'PENDING'), lte(nextAttemptAt, sql`now()`))).orderBy(asc(position)).limit(limit).for('update', { skipLocked: true });
    const taken = await this.#database.update(monitoringNotices).set({ attempts: sql`${attempts} + 1`, nextAttemptAt: sql`now() + make_interval(secs => ${sendingSeconds})` }).where(inArray(position, due)).returning(shownNotice);

    return [...taken].sort((first, second) => first.position - second.position);
  }

  /** What became of sending a notice; with `retryInMs` it is tried again. */
  async settle(notice: Pick<StoredNotice, 'subscriberId' | 'id'>, state: NoticeDelivery, outcome: string, retryInMs = 0): Promise<void> {
    const set = { delivery: state, lastOutcome: outcome, nextAttemptAt: sql`now() + make_interval(secs => ${retryInMs / 1000})` };
    // A replay that came meanwhile counts: it made the notice wait anew.
    await this.#database.update(monitoringNotices).set(set).where(and(eq(subscriberId, notice.subscriberId), eq(id, notice.id), gt(attempts, 0)));
  }

  /** Lets go of what a sender that died had taken: for a start on a database that no other process can be using. */
  async releaseTaken(): Promise<void> {
    await this.#database.update(monitoringNotices).set({ nextAttemptAt: sql`now()` }).where(and(eq(delivery, 'PENDING'), gt(attempts, 0)));
  }

  /** How far events of that name have been handled. */
  async checkpoint(name: string): Promise<LedgerPosition | undefined> {
    const [row] = await this.#database.select().from(ledgerCheckpoints).where(eq(ledgerCheckpoints.name, name));

    return row === undefined ? undefined : { blockNumber: row.blockNumber, ...(row.transactionId !== null && { transactionId: row.transactionId }) };
  }

  /** Remembers how far events have been handled; a replica that is behind moves nothing back. */
  async saveCheckpoint(name: string, { blockNumber, transactionId = null }: { readonly blockNumber: number; readonly transactionId?: string | null }): Promise<void> {
    const row = { name, blockNumber, transactionId };
    await this.#database.insert(ledgerCheckpoints).values(row).onConflictDoUpdate({ target: ledgerCheckpoints.name, set: { blockNumber, transactionId }, setWhere: lte(ledgerCheckpoints.blockNumber, blockNumber) });
  }
}
