import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { present } from '@medaccord/domain';
import { exportJWK, generateKeyPair, SignJWT } from 'jose';
import type { CryptoKey } from 'jose';

/** What a test puts into a token; everything has a valid default. */
export interface TestClaims {
  readonly organisation?: string;
  readonly roles?: unknown;
  readonly unit?: unknown;
  readonly subject?: string;
  readonly audience?: string;
  readonly issuer?: string;
  readonly expiresIn?: string;
  readonly algorithm?: string;
}

/** An issuer whose keys are served over HTTP, as a provider's are. */
export class TokenIssuer {
  readonly #close: () => Promise<void>;
  readonly #privateKey: CryptoKey;

  private constructor(readonly url: string, privateKey: CryptoKey, close: () => Promise<void>) {
    this.#privateKey = privateKey;
    this.#close = close;
  }

  static async start(): Promise<TokenIssuer> {
    const { publicKey, privateKey } = await generateKeyPair('ES256');
    const keys = JSON.stringify({ keys: [{ ...(await exportJWK(publicKey)), kid: 'test', alg: 'ES256', use: 'sig' }] });
    const server = createServer((_request, response) => response.setHeader('Content-Type', 'application/json').end(keys));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const close = (): Promise<void> => new Promise((resolve) => { server.closeAllConnections(); server.close(() => { resolve(); }); });

    return new TokenIssuer(`http://localhost:${(server.address() as AddressInfo).port}`, privateKey, close);
  }

  async token(claims: TestClaims = {}, key: CryptoKey | Uint8Array = this.#privateKey): Promise<string> {
    const { unit, organisation = 'TestMSP', roles = ['member-admin'], subject = 'somebody@test', audience = 'urn:medaccord:gateway', issuer = this.url, expiresIn = '5m', algorithm = 'ES256' } = claims;

    return new SignJWT({ organisation, roles, ...present('unit', unit) }).setProtectedHeader({ alg: algorithm, kid: 'test' }).setIssuer(issuer).setAudience(audience).setSubject(subject).setIssuedAt().setExpirationTime(expiresIn).sign(key);
  }

  async close(): Promise<void> {
    await this.#close();
  }
}
