import { addDays, canonicalJson } from '@medaccord/domain';
import type { ExclusionMatchDocument, Npi, OpaqueId, PlainDate, StandingQuery } from '@medaccord/domain';
import { inParallel } from '../ledger/in-parallel.js';
import { recordsOfPerson } from '../credentials/people.js';
import type { GatewaySecret } from '../config/gateway-secret.js';
import { opaqueIdOf } from '../ledger/claims-client.js';
import type { CredentialsClient } from '../ledger/credentials-client.js';
import { SERVICE_ROLE } from '../ledger/ledger.js';
import type { RegistryClient } from '../ledger/registry-client.js';
import { DAYS_AHEAD, newsOf, seenIdentity, seenLicences, toldNow } from './licence-watch.js';
import type { SeenLicence, WatchedLicence } from './licence-watch.js';
import type { MonitoringStore, Subscription } from './monitoring-store.js';
import type { Notice } from './notice.js';

const cliniciansAtOnce = 100;
const readsAtOnce = 10;
const documentsAtOnce = 1000;

/**
 * Compares what the ledger says of clinicians with what subscribers have been told, and tells the difference. Whoever
 * calls, and however often: what was told once is not told again, and nothing between is skipped.
 */
export class Monitor {
  readonly #store: MonitoringStore;
  readonly #registry: RegistryClient;
  readonly #credentials: CredentialsClient;
  readonly #secret: GatewaySecret;

  constructor(store: MonitoringStore, registry: RegistryClient, credentials: CredentialsClient, secret: GatewaySecret) {
    this.#store = store;
    this.#registry = registry;
    this.#credentials = credentials;
    this.#secret = secret;
  }

  /**
   * Subscribes to clinicians: what stands now is known, steps of the ladder and exclusions excepted. What was recorded
   * between the reading and the subscription is told by the look after it.
   */
  async subscribe(subscriberId: OpaqueId, npis: readonly Npi[]): Promise<void> {
    for (let from = 0; from < npis.length; from += cliniciansAtOnce) {
      const some = npis.slice(from, from + cliniciansAtOnce);
      const seen = await this.#seen(some, today());
      for (const npi of some) await this.#store.subscribe({ subscriberId, npi }, (seen.get(npi) ?? []).map((licence) => toldNow(licence)));
      await this.lookAt(some);
    }
  }

  /** Tells what is new about these clinicians' licences. */
  async lookAt(npis: readonly Npi[]): Promise<void> {
    const subscriptions = await this.#store.subscriptionsTo(npis);
    if (subscriptions.length === 0) return;
    const day = today();
    const seen = await this.#seen([...new Set(subscriptions.map(({ npi }) => npi))], day);
    for (const subscription of subscriptions) await this.#tell(subscription, seen.get(subscription.npi) ?? [], day);
  }

  /** Tells what is new about these clinicians and about whoever shares a number's licences with them. */
  async lookAtPeople(npis: readonly Npi[]): Promise<void> {
    const people = await inParallel([...new Set(npis)], readsAtOnce, (npi) => recordsOfPerson(this.#registry, npi));
    await this.lookAt([...new Set([...npis, ...people.flatMap((records) => records.map(({ provider }) => provider.npi))])]);
  }

  /** Tells what is new about everybody: at start, and every day for what the calendar alone changes. */
  async lookAtAll(): Promise<void> {
    for (let npis = await this.#store.watchedClinicians('', cliniciansAtOnce); npis.length > 0; npis = await this.#store.watchedClinicians(npis.at(-1) ?? '', cliniciansAtOnce)) await this.lookAt(npis);
  }

  /** Tells pairs with exclusion lists that wait for a person, and those that were confirmed. */
  async lookAtExclusions(): Promise<void> {
    const standing = (await this.#credentials.all<ExclusionMatchDocument>('exclusion-match', documentsAtOnce)).filter(({ body }) => body.state !== 'FALSE_POSITIVE');
    for (const subscription of await this.#store.subscriptionsTo([...new Set(standing.map(({ body }) => body.npi))])) {
      const theirs = standing.filter(({ body }) => body.npi === subscription.npi);
      await this.#store.record({ ...subscription, told: [], notices: theirs.map((match) => this.#exclusionNotice(match)) });
    }
  }

  async #tell(subscription: Subscription, seen: readonly SeenLicence[], day: PlainDate): Promise<void> {
    const told = new Map((await this.#store.told(subscription)).map((licence) => [licence.licenceId, licence]));
    const news = seen.map((licence) => ({ licence, before: told.get(licence.licenceId), items: newsOf(licence, told.get(licence.licenceId), day) }));
    const changed = news.filter(({ licence, before, items }) => items.length > 0 || !isTold(licence, before));
    if (changed.length === 0) return;
    const notices = changed.flatMap(({ licence, items }) => items.map(({ kind, key, detail }): Notice => ({ id: this.#idOf(kind, subscription.npi, licence.licenceId, ...key), kind, npi: subscription.npi, detail })));
    await this.#store.record({ ...subscription, notices, told: changed.map(({ licence, before }) => toldNow(licence, before)) });
  }

  #exclusionNotice({ id: matchId, version, body: { npi, state } }: ExclusionMatchDocument): Notice {
    const kind = state === 'CONFIRMED' ? 'EXCLUSION_CONFIRMED' : 'EXCLUSION_POTENTIAL';

    return { id: this.#idOf(kind, npi, matchId, String(version)), kind, npi, detail: { matchId, version } };
  }

  /** Follows from what is told, and tells nobody without the gateway's secret what that is. */
  #idOf(...parts: readonly string[]): OpaqueId {
    return opaqueIdOf(this.#secret.mac('monitoring-notice', ...parts));
  }

  async #seen(npis: readonly Npi[], day: PlainDate): Promise<ReadonlyMap<Npi, readonly SeenLicence[]>> {
    const people = await inParallel(npis, readsAtOnce, async (npi) => [npi, await recordsOfPerson(this.#registry, npi)] as const);
    const places = new Map(people.map(([npi, records]) => [npi, new Set(records.flatMap(({ links }) => links.map(({ jurisdiction }) => jurisdiction)))]));
    const queries = [...places].flatMap(([npi, jurisdictions]) => [...jurisdictions].map((jurisdiction): StandingQuery => ({ npi, jurisdiction, from: day, thru: addDays(day, DAYS_AHEAD) })));
    const { standings } = queries.length === 0 ? { standings: [] } : await this.#registry.standingsForClaims(SERVICE_ROLE, { members: [], standings: queries });

    return new Map(people.map(([npi, records]) => {
      const licences = seenLicences(records.flatMap(({ links }) => links), standings.filter((one) => one.npi === npi), day);

      return [npi, [...licences, ...seenIdentity(records.find(({ provider }) => provider.npi === npi)?.identity)]];
    }));
  }
}

function isTold(seen: SeenLicence, before: WatchedLicence | undefined): boolean {
  return before !== undefined && canonicalJson(before) === canonicalJson(toldNow(seen, before));
}

function today(): PlainDate {
  return new Date().toISOString().slice(0, 10);
}
