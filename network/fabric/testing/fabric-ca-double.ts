import { createPublicKey, randomBytes, verify, type webcrypto } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { attributeExtension } from '../../identities/authority/attributes.js';
import {
  AuthorityKeyIdentifierExtension,
  BasicConstraintsExtension,
  type Extension,
  Pkcs10CertificateRequest,
  SubjectAlternativeNameExtension,
  SubjectKeyIdentifierExtension,
  X509Certificate,
  X509CertificateGenerator,
  X509CrlGenerator,
} from '../../identities/authority/x509.js';

const ECDSA = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' };
const SUBJECT = 'CN=ca.double.example,O=double.example';

interface Registered {
  secret: string;
  type: string;
  attrs: readonly { readonly name: string; readonly value: string; readonly ecert?: boolean }[];
}

interface Content {
  readonly id?: string;
  readonly secret?: string;
  readonly type?: string;
  readonly attrs?: Registered['attrs'];
  readonly certificate_request?: string;
  readonly profile?: string;
  readonly hosts?: readonly string[];
  readonly serial?: string;
  readonly aki?: string;
}

/** A refusal with the server's own number. */
class Refusal extends Error {
  constructor(
    readonly status: number,
    readonly code: number,
    message: string,
  ) {
    super(message);
  }
}

/**
 * Behaves as a Fabric CA server 1.5 was recorded to behave, for machines without one: the same paths, wrapping, proofs and
 * error numbers. The same tests run on both.
 */
export class FabricCaDouble {
  private readonly registry = new Map<string, Registered>([['admin', { secret: 'adminpw', type: 'client', attrs: [] }]]);
  private readonly revoked = new Set<string>();

  private constructor(
    private readonly authority: X509Certificate,
    private readonly keys: webcrypto.CryptoKeyPair,
    private readonly server: Server,
  ) {}

  static async start(): Promise<FabricCaDouble> {
    const keys = await crypto.subtle.generateKey(ECDSA, true, ['sign', 'verify']);
    const keyId = await SubjectKeyIdentifierExtension.create(keys.publicKey);
    const authority = await X509CertificateGenerator.createSelfSigned({ name: SUBJECT, keys, signingAlgorithm: ECDSA, extensions: [new BasicConstraintsExtension(true, undefined, true), keyId] });
    const server = createServer();
    const double = new FabricCaDouble(authority, keys, server);
    server.on('request', (request, response) => {
      void double.answer(request).then(({ status, body }) => response.writeHead(status).end(JSON.stringify(body)));
    });
    server.listen(0, 'localhost');
    await once(server, 'listening');
    return double;
  }

  get port(): number {
    return (this.server.address() as AddressInfo).port;
  }

  stop(): void {
    this.server.close();
  }

  private async answer(request: IncomingMessage): Promise<{ status: number; body: object }> {
    try {
      const result = await this.route(request, await buffer(request));
      return { status: 200, body: { result, errors: [], messages: [], success: true } };
    } catch (error) {
      const { status, code, message } = error instanceof Refusal ? error : new Refusal(500, 0, String(error));
      return { status, body: { result: '', errors: [{ code, message }], messages: [], success: false } };
    }
  }

  private async route(request: IncomingMessage, body: Buffer): Promise<object> {
    const { url: path = '', method = '', headers } = request;
    const content = JSON.parse(body.toString()) as Content;
    const authorization = headers.authorization ?? '';
    if (path === '/api/v1/cainfo') return { CAName: '', CAChain: base64(this.authority.toString('pem')), Version: 'v1.5.21' };
    if (path === '/api/v1/enroll') return this.enrol(this.basic(authorization), content);
    const caller = await this.caller(authorization, method, path, body);
    return this.authenticated(method, path, content, caller);
  }

  private async authenticated(method: string, path: string, content: Content, caller: string): Promise<object> {
    switch (path) {
      case '/api/v1/reenroll':
        return this.enrol(caller, content);
      case '/api/v1/register':
        return this.register(content);
      case '/api/v1/revoke':
        return this.revoke(content);
      case '/api/v1/gencrl':
        return { CRL: base64((await this.list()).replaceAll(' CRL', ' X509 CRL')) };
      default:
        return this.modify(method, decodeURIComponent(path.replace('/api/v1/identities/', '')), content);
    }
  }

  private basic(authorization: string): string {
    const [id = '', secret = ''] = Buffer.from(authorization.replace('Basic ', ''), 'base64').toString().split(':');
    if (this.registry.get(id)?.secret !== secret) throw new Refusal(401, 20, 'Authentication failure');
    return id;
  }

  /** Checks a caller's token as the server does: its own certificate, and a signature over what is asked. */
  private async caller(authorization: string, method: string, path: string, body: Buffer): Promise<string> {
    const [holder = '', signature = ''] = authorization.split('.');
    const pem = Buffer.from(holder, 'base64').toString();
    const signed = [method, base64(path), body.toString('base64'), holder].join('.');
    const genuine = pem !== '' && verify('sha256', Buffer.from(signed), createPublicKey(pem), Buffer.from(signature, 'base64'));
    const certificate = genuine ? new X509Certificate(pem) : undefined;
    if (certificate === undefined || !(await certificate.verify({ publicKey: this.authority, signatureOnly: true }))) throw new Refusal(401, 20, 'Authentication failure');
    return certificate.subjectName.getField('CN')[0] ?? '';
  }

  private register({ id = '', secret = '', type = 'client', attrs = [] }: Content): object {
    if (this.registry.has(id)) throw new Refusal(409, 74, `Identity '${id}' is already registered`);
    this.registry.set(id, { secret, type, attrs });
    return { secret };
  }

  private modify(method: string, id: string, { secret = '', type = 'client', attrs = [] }: Content): object {
    const present = this.registry.get(id);
    if (method !== 'PUT' || present === undefined) throw new Refusal(404, 63, `Failed to get User: ${id}`);
    Object.assign(present, { secret, type, attrs });
    return { id, type };
  }

  private async enrol(id: string, { certificate_request: pem = '', profile, hosts = [] }: Content): Promise<object> {
    const request = new Pkcs10CertificateRequest(pem);
    if (request.subjectName.getField('CN')[0] !== id) throw new Refusal(403, 51, 'The CSR subject common name must equal the enrollment ID');
    const registered = this.registry.get(id) ?? { type: 'client', attrs: [], secret: '' };
    const certificate = await X509CertificateGenerator.create({
      serialNumber: `0${randomBytes(8).toString('hex').slice(1)}`,
      subject: `CN=${id},OU=${registered.type}`,
      issuer: this.authority.subject,
      publicKey: request.publicKey,
      signingKey: this.keys.privateKey,
      signingAlgorithm: ECDSA,
      extensions: this.extensions(registered, profile, hosts),
    });
    return { Cert: base64(`${certificate.toString('pem')}\n`), ServerInfo: {} };
  }

  private extensions({ attrs }: Registered, profile: string | undefined, hosts: readonly string[]): Extension[] {
    const attributes = Object.fromEntries(attrs.filter(({ ecert }) => ecert === true).map(({ name, value }) => [name, value]));
    return [
      new AuthorityKeyIdentifierExtension(this.authority.getExtension(SubjectKeyIdentifierExtension)?.keyId ?? ''),
      ...(profile === undefined ? [attributeExtension(attributes)] : []),
      ...(hosts.length > 0 ? [new SubjectAlternativeNameExtension(hosts.map((value) => ({ type: 'dns', value })))] : []),
    ];
  }

  private revoke({ serial = '', aki = '' }: Content): object {
    const own = this.authority.getExtension(SubjectKeyIdentifierExtension)?.keyId.replace(/^0+/, '');
    if (aki !== own || serial.startsWith('0')) throw new Refusal(404, 63, `Certificate with serial ${serial} and AKI ${aki} was not found`);
    if (this.revoked.has(serial)) throw new Refusal(404, 66, `Certificate with serial ${serial} and AKI ${aki} was already revoked`);
    this.revoked.add(serial);
    return { RevokedCerts: [{ Serial: serial, AKI: aki }], CRL: '' };
  }

  private async list(): Promise<string> {
    const entries = [...this.revoked].map((serial) => ({ serialNumber: serial.padStart(serial.length + (serial.length % 2), '0'), revocationDate: new Date() }));
    const list = await X509CrlGenerator.create({ issuer: this.authority.subject, thisUpdate: new Date(), nextUpdate: new Date(Date.now() + 86_400_000), entries, signingKey: this.keys.privateKey, signingAlgorithm: ECDSA });
    return list.toString('pem');
  }
}

function base64(text: string): string {
  return Buffer.from(text).toString('base64');
}

