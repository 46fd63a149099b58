import { FabricError } from '../fabric-error.js';
import { callRest, type RestEndpoint } from '../http/rest.js';

/** A node's operations endpoint: health, metrics, log levels. */
export class NodeOperations {
  constructor(private readonly endpoint: RestEndpoint) {}

  /** True where the node says that it is well. */
  async isHealthy(): Promise<boolean> {
    const { status } = await callRest(this.endpoint, { method: 'GET', path: '/healthz' });
    return status === 200;
  }

  /** Prometheus metrics as text. */
  async metrics(): Promise<string> {
    return (await this.require('GET', '/metrics')).toString();
  }

  /** The log specification in force, for example `warn`. */
  async logSpecification(): Promise<string> {
    const { spec } = JSON.parse((await this.require('GET', '/logspec')).toString()) as { spec: string };
    return spec;
  }

  /** Changes what the node logs until it is restarted, for example `gossip=debug:info`. */
  async setLogSpecification(spec: string): Promise<void> {
    await this.require('PUT', '/logspec', Buffer.from(JSON.stringify({ spec })));
  }

  private async require(method: 'GET' | 'PUT', path: string, body?: Uint8Array): Promise<Buffer> {
    const answer = await callRest(this.endpoint, { method, path, ...(body === undefined ? {} : { body, headers: { 'content-type': 'application/json' } }) });
    if (answer.status >= 300) {
      throw new FabricError('NODE_REFUSED', `${this.endpoint.host}:${this.endpoint.port}${path} answered ${answer.status}: ${answer.body.toString().trim()}`);
    }
    return answer.body;
  }
}
