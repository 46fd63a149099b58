import { once } from 'node:events';
import { request } from 'node:https';
import type { IncomingMessage } from 'node:http';
import { buffer } from 'node:stream/consumers';

/** Server and the certificates that both sides show, PEM. */
export interface HttpsEndpoint {
  readonly host: string;
  readonly port: number;
  readonly tls: { readonly caCertificate: string; readonly certificate?: string; readonly privateKey?: string };
}

/** A request to an operations or administration endpoint. */
export interface HttpsCall {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: Uint8Array;
}

export interface HttpsAnswer {
  readonly status: number;
  readonly body: Buffer;
}

const TIMEOUT_MS = 30_000;

/** Calls a node's REST endpoint over TLS, with a client certificate where the endpoint names one; rejects when it cannot be reached. */
export async function callHttps({ host, port, tls }: HttpsEndpoint, { method, path, headers, body }: HttpsCall): Promise<HttpsAnswer> {
  const outgoing = request({
    host,
    port,
    method,
    path,
    headers: { ...headers, 'content-length': body?.length ?? 0 },
    ca: tls.caCertificate,
    cert: tls.certificate,
    key: tls.privateKey,
    timeout: TIMEOUT_MS,
    agent: false,
  });
  outgoing.once('timeout', () => {
    outgoing.destroy(new Error(`${host}:${port} did not answer within ${TIMEOUT_MS / 1000} s`));
  });
  outgoing.end(body);
  const [response] = (await once(outgoing, 'response')) as [IncomingMessage];
  return { status: response.statusCode ?? 0, body: await buffer(response) };
}
