import { createServer, request, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/** An address at which anyone reaches a gateway that is started later, as a proxy in front of it would give one. */
export class PublicAddress {
  #target: URL | undefined;

  private constructor(private readonly server: Server) {}

  static async open(): Promise<PublicAddress> {
    const server = createServer();
    const address = new PublicAddress(server);
    server.on('request', (asked, answer) => {
      const forwarded = request(new URL(asked.url ?? '/', address.#target), { method: asked.method }, (response) => {
        answer.writeHead(response.statusCode ?? 502, response.headers);
        response.pipe(answer);
      });
      forwarded.on('error', () => answer.writeHead(502).end());
      asked.pipe(forwarded);
    });
    await new Promise<void>((resolve) => { server.listen(0, 'localhost', resolve); });
    return address;
  }

  get url(): string {
    return `http://localhost:${(this.server.address() as AddressInfo).port}`;
  }

  leadTo(url: string): void {
    this.#target = new URL(url);
  }

  close(): void {
    this.server.close();
    this.server.closeAllConnections();
  }
}
