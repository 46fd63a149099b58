import { Counter, Gauge, Histogram, Registry, collectDefaultMetrics } from 'prom-client';
import type { LedgerObserver } from '../ledger/ledger-observer.js';

const seconds = [0.005, 0.02, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 15, 60];

/** What operators count. Labels are route templates, codes and chaincode names: never an id, a path or a query. */
export class Metrics implements LedgerObserver {
  readonly registry = new Registry();
  readonly #requests: Histogram<'method' | 'route' | 'status'>;
  readonly #submits: Histogram<'chaincode' | 'outcome'>;
  readonly #evaluates: Histogram<'chaincode' | 'outcome'>;
  readonly #retries: Counter<'chaincode' | 'reason'>;
  readonly #expiries: Gauge<'role'>;

  constructor() {
    const registers = [this.registry];
    collectDefaultMetrics({ register: this.registry });
    this.#requests = new Histogram({ name: 'medaccord_http_request_seconds', help: 'Requests by route template and status.', labelNames: ['method', 'route', 'status'], buckets: seconds, registers });
    this.#submits = new Histogram({ name: 'medaccord_ledger_submit_seconds', help: 'Transactions by outcome: ok or an error code.', labelNames: ['chaincode', 'outcome'], buckets: seconds, registers });
    this.#evaluates = new Histogram({ name: 'medaccord_ledger_evaluate_seconds', help: 'Queries by outcome: ok or an error code.', labelNames: ['chaincode', 'outcome'], buckets: seconds, registers });
    this.#retries = new Counter({ name: 'medaccord_ledger_retries_total', help: 'Repeated tries by reason.', labelNames: ['chaincode', 'reason'], registers });
    this.#expiries = new Gauge({ name: 'medaccord_identity_expiry_timestamp_seconds', help: 'When the enrolled identity of a role expires.', labelNames: ['role'], registers });
  }

  requested(method: string, route: string, status: number, duration: number): void {
    this.#requests.observe({ method, route, status: String(status) }, duration);
  }

  submitted(chaincode: string, outcome: string, duration: number): void {
    this.#submits.observe({ chaincode, outcome }, duration);
  }

  evaluated(chaincode: string, outcome: string, duration: number): void {
    this.#evaluates.observe({ chaincode, outcome }, duration);
  }

  enrolled(role: string, expires: Date): void {
    this.#expiries.set({ role }, expires.getTime() / 1000);
  }

  retried(chaincode: string, reason: string): void {
    this.#retries.inc({ chaincode, reason });
  }
}
