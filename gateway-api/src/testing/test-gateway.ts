import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Module } from '@nestjs/common';
import type { Type } from '@nestjs/common';
import { OrganizationTree } from '@medaccord/network/identities';
import { AppModule } from '../app.module.js';
import { parseGatewayConfig } from '../config/gateway-config.js';
import { startApplication } from '../start-gateway.js';
import type { RunningGateway } from '../start-gateway.js';
import { TokenIssuer } from './token-issuer.js';
import type { TestClaims } from './token-issuer.js';

/** Prepared once per machine: preparing an embedded database takes seconds. */
export const databaseTemplate = join(tmpdir(), `medaccord-test-database-${process.getuid?.() ?? 0}`);

/** A request as a test writes it. */
export interface TestRequest {
  readonly method?: string;
  readonly claims?: TestClaims;
  readonly token?: string | undefined;
  readonly body?: unknown;
  readonly raw?: string | Uint8Array<ArrayBuffer>;
  readonly headers?: Readonly<Record<string, string>>;
}

/** An answer with its body read. */
export interface TestAnswer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  readonly json: Record<string, unknown>;
}

/** A folder and the environment for a gateway of `TestMSP` whose peer does not answer; tests override what they need. */
export class TestSurroundings {
  private constructor(readonly directory: string, readonly issuer: TokenIssuer, readonly environment: Readonly<Record<string, string>>) {}

  static async create(roles: readonly string[] = ['service', 'member-admin', 'registrar']): Promise<TestSurroundings> {
    const directory = mkdtempSync(join(tmpdir(), 'medaccord-gateway-'));
    const issuer = await TokenIssuer.start();
    const tree = await OrganizationTree.open({ root: join(directory, 'organizations'), domain: 'test.example', mspId: 'TestMSP' });
    const node = await tree.addNode('peer0.test.example');
    for (const role of roles) await tree.addUser({ name: role, attributes: { 'medaccord.role': role } });

    return new TestSurroundings(directory, issuer, {
      MEDACCORD_MSP_ID: 'TestMSP',
      MEDACCORD_PORT: '0',
      MEDACCORD_LOG_LEVEL: 'silent',
      MEDACCORD_ORGANISATION_DIR: tree.paths.directory,
      MEDACCORD_DATA_DIR: join(directory, 'gateway'),
      MEDACCORD_PEER_ENDPOINT: 'localhost:1',
      MEDACCORD_PEER_TLS_CA: node.tlsCaCertificate,
      MEDACCORD_TOKEN_ISSUER: issuer.url,
      MEDACCORD_DATABASE_TEMPLATE: databaseTemplate,
    });
  }

  async remove(): Promise<void> {
    await this.issuer.close();
    rmSync(this.directory, { recursive: true, force: true });
  }
}

/** A gateway in this process, with controllers of the test beside its own. */
export class TestGateway {
  private constructor(
    readonly surroundings: Pick<TestSurroundings, 'issuer'>,
    readonly running: RunningGateway,
    readonly mspId: string,
  ) {}

  static async start(surroundings: Pick<TestSurroundings, 'issuer' | 'environment'>, controllers: readonly Type[] = [], environment: Readonly<Record<string, string>> = {}): Promise<TestGateway> {
    const config = parseGatewayConfig({ ...surroundings.environment, ...environment });
    const module = { module: TestModule, imports: [AppModule.for(config)], controllers: [...controllers] };

    return new TestGateway(surroundings, await startApplication(module, config), config.mspId);
  }

  /** Sends a request with a token of this gateway's organisation, unless the test brings another or none (''). */
  async request(path: string, request: TestRequest = {}): Promise<TestAnswer> {
    const token = request.token ?? (await this.surroundings.issuer.token({ organisation: this.mspId, ...request.claims }));

    return send(`${this.running.url}${path}`, request, token);
  }

  /** A write with a fresh Idempotency-Key, unless the test brings one. */
  async write(path: string, role: string, body: unknown, headers: Readonly<Record<string, string>> = {}, method = 'POST'): Promise<TestAnswer> {
    return this.request(path, { method, body, claims: { roles: [role], subject: `${role}@test` }, headers: { 'Idempotency-Key': randomUUID(), ...headers } });
  }

  async read(path: string, role: string): Promise<TestAnswer> {
    return this.request(path, { claims: { roles: [role], subject: `${role}@test` } });
  }

  async stop(): Promise<void> {
    await this.running.close();
  }
}

@Module({})
class TestModule {}

/** One request as any client would send it. */
export async function send(url: string, { method = 'GET', body, raw, headers = {} }: TestRequest, token: string): Promise<TestAnswer> {
  const type = body === undefined ? {} : { 'Content-Type': 'application/json' };
  const authorization = token === '' ? {} : { Authorization: `Bearer ${token}` };
  const response = await fetch(url, { method, body: raw ?? (body === undefined ? null : JSON.stringify(body)), headers: { ...type, ...authorization, ...headers } });
  const text = await response.text();
  const isJson = response.headers.get('content-type')?.includes('json') ?? false;

  return { status: response.status, headers: response.headers, text, json: isJson ? (JSON.parse(text) as Record<string, unknown>) : {} };
}
