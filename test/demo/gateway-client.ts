import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import type { StackEndpoints } from '@medaccord/network/cli';

/** A refusal as the gateways answer it (RFC 9457). */
export interface Problem {
  readonly status: number;
  readonly code: string;
  readonly detail?: string;
  readonly issues?: readonly { readonly code: string; readonly path: string; readonly message: string }[];
}

/** Thrown where a gateway refuses; carries the problem document. */
export class GatewayProblem extends Error {
  override readonly name = 'GatewayProblem';

  constructor(
    readonly request: string,
    readonly problem: Problem,
  ) {
    super(`${request}: ${problem.status} ${problem.code} ${problem.detail ?? ''} ${JSON.stringify(problem.issues ?? [])}`);
  }
}

/** A transaction that is in no block after a minute was lost on the way: then the request is sent again as well. */
const MOST_LOOKS = 240;

/** Password of the seeded users of the development identity provider. */
const password = 'medaccord-development';

/** One person of one organisation, speaking HTTP to the organisation's gateway as a back-office system does. */
export class GatewayClient {
  #token: Promise<string> | undefined;

  constructor(
    private readonly endpoints: StackEndpoints,
    readonly organisation: string,
    readonly user: string,
  ) {}

  get url(): string {
    const gateway = this.endpoints.gateways[this.organisation];
    if (gateway === undefined) throw new Error(`The stack has no gateway of ${this.organisation}`);
    return gateway.url;
  }

  /** Reads; throws `GatewayProblem` where the gateway refuses. */
  async get<Answer>(path: string): Promise<Answer> {
    return (await this.send('GET', path)) as Answer;
  }

  /** Writes under an idempotency key of its own, or the one given; follows a 202 until the outcome is known. */
  async post<Answer>(path: string, body: unknown, idempotencyKey: string = randomUUID()): Promise<Answer> {
    return (await this.send('POST', path, { 'content-type': 'application/json', 'idempotency-key': idempotencyKey }, JSON.stringify(body))) as Answer;
  }

  /** Uploads a file as it is. */
  async upload<Answer>(path: string, contentType: string, content: string | Uint8Array<ArrayBuffer>, idempotencyKey: string = randomUUID()): Promise<Answer> {
    return (await this.send('POST', path, { 'content-type': contentType, 'idempotency-key': idempotencyKey }, content)) as Answer;
  }

  private async send(method: string, path: string, headers: Record<string, string> = {}, body?: string | Uint8Array<ArrayBuffer>): Promise<unknown> {
    const response = await fetch(`${this.url}${path}`, {
      method,
      headers: { ...headers, authorization: `Bearer ${await this.token()}` },
      ...(body === undefined ? {} : { body }),
    });
    const answer: unknown = JSON.parse(await response.text());
    if (response.status === 202) {
      await this.settled(response.headers.get('location') ?? '');
      return this.send(method, path, headers, body);
    }
    if (!response.ok) throw new GatewayProblem(`${method} ${path.replace(/\?.*/, '')}`, answer as Problem);
    return answer;
  }

  /** Waits until an operation whose outcome was unknown is known; the request sent again then gives its answer. */
  private async settled(location: string): Promise<void> {
    for (let look = 0; look < MOST_LOOKS; look += 1) {
      const { state } = await this.get<{ state: string }>(location);
      if (state !== 'running' && state !== 'pending') return;
      await delay(250);
    }
  }

  /** A bearer token of this user from the development identity provider. */
  token(): Promise<string> {
    this.#token ??= this.requestToken();
    return this.#token;
  }

  private async requestToken(): Promise<string> {
    const basic = Buffer.from(`${this.user}@${this.organisation}:${password}`).toString('base64');
    const response = await fetch(`${this.endpoints.identityProvider}/token`, {
      method: 'POST',
      headers: { authorization: `Basic ${basic}`, 'content-type': 'application/x-www-form-urlencoded' },
      body: 'grant_type=client_credentials',
    });
    if (!response.ok) throw new Error(`The identity provider gave ${this.user}@${this.organisation} no token (${response.status})`);
    return ((await response.json()) as { access_token: string }).access_token;
  }
}
