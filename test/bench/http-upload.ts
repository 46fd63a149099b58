import { request } from 'node:http';
import type { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { pipeline } from 'node:stream/promises';
import type { GatewayClient } from '../demo/gateway-client.js';

/** A file to upload under a key of its own. */
export interface FileUpload {
  readonly path: string;
  readonly contentType: string;
  readonly idempotencyKey: string;
  readonly content: Readable;
}

/**
 * Sends a file as a stream and waits for the answer however long it takes: `fetch` gives up after five minutes. Throws what
 * the connection throws where the gateway dies meanwhile.
 */
export async function upload<Answer>(person: GatewayClient, { path, contentType, idempotencyKey, content }: FileUpload): Promise<Answer> {
  const headers = { authorization: `Bearer ${await person.token()}`, 'content-type': contentType, 'idempotency-key': idempotencyKey };
  const outgoing = request(`${person.url}${path}`, { method: 'POST', headers, agent: false });
  const answered = new Promise<Answer>((resolve, reject) => {
    outgoing.on('error', reject);
    outgoing.on('response', (response) => {
      text(response).then((body) => {
        if (response.statusCode === 201) resolve(JSON.parse(body) as Answer);
        else reject(new Error(`POST ${path.replace(/\?.*/, '')}: ${String(response.statusCode)} ${body.slice(0, 500)}`));
      }, reject);
    });
  });
  // Where sending breaks off, the answer's promise tells it.
  await Promise.all([pipeline(content, outgoing).catch(() => undefined), answered]);
  return answered;
}
