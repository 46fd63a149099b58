import { type KeyObject, sign } from 'node:crypto';
import { createCertificateRequest, toLowS } from '../../identities/index.js';
import { FabricError } from '../fabric-error.js';
import { callRest, type RestAnswer, type RestCall, type RestEndpoint } from '../http/rest.js';

/** Where one certificate authority of a Fabric CA server is. */
export interface FabricCaEndpoint extends RestEndpoint {
  /** Name of the authority on a server that has several; the server's default where omitted. */
  readonly caName?: string;
}

/** Who calls: a certificate of the authority (PEM) with its key. */
export interface FabricCaCaller {
  readonly certificate: string;
  readonly key: KeyObject;
}

/** An identity to be registered. */
export interface Registration {
  readonly id: string;
  readonly type: string;
  readonly secret: string;
  /** Attributes that every identity certificate of it shall carry. */
  readonly attributes: Readonly<Record<string, string>>;
}

/** What to enrol for. */
export interface FabricCaEnrolment {
  /** Enrolment id; it becomes the certificate's common name. */
  readonly id: string;
  readonly key: KeyObject;
  /** Name of a signing profile of the server, for example `tls`; its default where omitted. */
  readonly profile?: string;
  readonly hosts?: readonly string[];
}

/** `message` is the server's; `caCode` is its own error code, 0 where it could not be reached. */
export class FabricCaRefusal extends FabricError {
  constructor(
    readonly caCode: number,
    message: string,
    options?: ErrorOptions,
  ) {
    super('CA_REFUSED', message, options);
  }
}

/** The server's code for an id that is registered already. */
export const ALREADY_REGISTERED = 74;

/** The server's code for a certificate that is revoked already. */
export const ALREADY_REVOKED = 66;

/** The REST API of a Fabric CA server (1.5). Throws {@link FabricCaRefusal}. */
export class FabricCaClient {
  constructor(private readonly endpoint: FabricCaEndpoint) {}

  /** The authority's certificate chain, PEM. */
  async chain(): Promise<string> {
    const { CAChain } = await this.call<{ readonly CAChain: string }>('POST', '/api/v1/cainfo', {}, {});
    return fromBase64(CAChain);
  }

  /** A certificate (PEM) for who knows the secret. */
  async enrol({ id, key, profile, hosts }: FabricCaEnrolment, secret: string): Promise<string> {
    const authorization = `Basic ${Buffer.from(`${id}:${secret}`).toString('base64')}`;
    const request = await enrolmentRequest(id, key, profile, hosts);
    const { Cert } = await this.call<{ readonly Cert: string }>('POST', '/api/v1/enroll', request, { authorization });
    return fromBase64(Cert);
  }

  /** A new certificate for who still has a valid one. */
  async reenrol({ id, key, profile, hosts }: FabricCaEnrolment, caller: FabricCaCaller): Promise<string> {
    const request = await enrolmentRequest(id, key, profile, hosts);
    const { Cert } = await this.signed<{ readonly Cert: string }>('POST', '/api/v1/reenroll', request, caller);
    return fromBase64(Cert);
  }

  /** Registers an identity, which can then be enrolled with its secret. */
  async register(registration: Registration, registrar: FabricCaCaller): Promise<void> {
    await this.signed('POST', '/api/v1/register', { id: registration.id, affiliation: '', ...mutable(registration) }, registrar);
  }

  /** Gives a registered identity another secret, type and attributes. */
  async modify(registration: Registration, registrar: FabricCaCaller): Promise<void> {
    await this.signed('PUT', `/api/v1/identities/${encodeURIComponent(registration.id)}`, mutable(registration), registrar);
  }

  /** Revokes one certificate by its serial number and its authority's key identifier, both hexadecimal. */
  async revoke(serial: string, authorityKeyIdentifier: string, revoker: FabricCaCaller): Promise<void> {
    await this.signed('POST', '/api/v1/revoke', { serial: unpadded(serial), aki: unpadded(authorityKeyIdentifier) }, revoker);
  }

  /** The authority's current revocation list, PEM. */
  async revocationList(caller: FabricCaCaller): Promise<string> {
    const { CRL } = await this.signed<{ readonly CRL: string }>('POST', '/api/v1/gencrl', {}, caller);
    return fromBase64(CRL);
  }

  private async signed<T>(method: 'POST' | 'PUT', path: string, content: object, caller: FabricCaCaller): Promise<T> {
    return this.call<T>(method, path, content, (body) => ({ authorization: token(method, path, body, caller) }));
  }

  private async call<T>(method: 'POST' | 'PUT', path: string, content: object, headers: Headers | ((body: Buffer) => Headers)): Promise<T> {
    const { caName } = this.endpoint;
    const body = Buffer.from(JSON.stringify(caName === undefined ? content : { ...content, caname: caName }));
    const answer = await this.reach({ method, path, body, headers: { 'content-type': 'application/json', ...(typeof headers === 'function' ? headers(body) : headers) } });
    return resultOf(answer, path) as T;
  }

  private async reach(call: RestCall): Promise<RestAnswer> {
    try {
      return await callRest(this.endpoint, call);
    } catch (cause) {
      throw new FabricCaRefusal(0, `the certificate authority at ${this.endpoint.host}:${this.endpoint.port} cannot be reached`, { cause });
    }
  }
}

type Headers = Readonly<Record<string, string>>;

/** What every answer of the server is wrapped in. */
interface Envelope {
  readonly success: boolean;
  readonly result: unknown;
  readonly errors: readonly { readonly code: number; readonly message: string }[];
}

function resultOf({ status, body }: RestAnswer, path: string): unknown {
  const text = body.toString();
  const answer = text.startsWith('{') ? (JSON.parse(text) as Envelope) : undefined;
  if (answer?.success === true) return answer.result;
  const [error] = answer?.errors ?? [];
  throw new FabricCaRefusal(error?.code ?? status, `the certificate authority refused ${path}: ${error?.message ?? `status ${status}`}`);
}

async function enrolmentRequest(id: string, key: KeyObject, profile: string | undefined, hosts: readonly string[] = []): Promise<object> {
  return { certificate_request: await createCertificateRequest(id, key), hosts, ...(profile === undefined ? {} : { profile }) };
}

/** What a registrar may change later. Secrets serve any number of enrolments: identity and TLS certificates, renewals. */
function mutable({ type, secret, attributes }: Registration): object {
  return { type, secret, max_enrollments: -1, attrs: Object.entries(attributes).map(([name, value]) => ({ name, value, ecert: true })) };
}

/** A caller's proof: a signature over method, path, body and certificate. */
function token(method: string, path: string, body: Buffer, { certificate, key }: FabricCaCaller): string {
  const holder = Buffer.from(certificate).toString('base64');
  const signed = [method, Buffer.from(path).toString('base64'), body.toString('base64'), holder].join('.');
  return `${holder}.${Buffer.from(toLowS(sign('sha256', Buffer.from(signed), key))).toString('base64')}`;
}

function fromBase64(text: string): string {
  return Buffer.from(text, 'base64').toString();
}

/** The server keeps hexadecimal numbers in lower case without leading zeros. */
function unpadded(hexadecimal: string): string {
  return hexadecimal.replaceAll(':', '').toLowerCase().replace(/^0+/, '');
}
