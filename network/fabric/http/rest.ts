import { once } from 'node:events';
import { type IncomingMessage, request as plainRequest } from 'node:http';
import { request as secureRequest } from 'node:https';
import { buffer } from 'node:stream/consumers';

/** A server, and the certificates (PEM) that both sides show; without `tls` the connection is plain. */
export interface RestEndpoint {
  readonly host: string;
  readonly port: number;
  readonly tls?: { readonly caCertificate: string; readonly certificate?: string; readonly privateKey?: string };
}

/** A request to a REST endpoint of Fabric's. */
export interface RestCall {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: Uint8Array;
}

/** Status and body, whatever the status. */
export interface RestAnswer {
  readonly status: number;
  readonly body: Buffer;
}

const TIMEOUT_MS = 30_000;

/** Calls a REST endpoint, with a client certificate where the endpoint names one; rejects when it cannot be reached. */
export async function callRest({ host, port, tls }: RestEndpoint, { method, path, headers, body }: RestCall): Promise<RestAnswer> {
  const request = tls === undefined ? plainRequest : secureRequest;
  const outgoing = request({
    host,
    port,
    method,
    path,
    headers: { ...headers, 'content-length': body?.length ?? 0 },
    ca: tls?.caCertificate,
    cert: tls?.certificate,
    key: tls?.privateKey,
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
