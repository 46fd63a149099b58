// Passes connections on: node forward.js <port to listen on, everywhere> <port on loopback>
import { connect, createServer } from 'node:net';

const [, , from = '', to = ''] = process.argv;

createServer((incoming) => {
  const outgoing = connect(Number(to), '127.0.0.1');
  const end = (): void => {
    incoming.destroy();
    outgoing.destroy();
  };
  incoming.on('error', end).on('close', end).pipe(outgoing);
  outgoing.on('error', end).on('close', end).pipe(incoming);
}).listen(Number(from), '0.0.0.0', () => {
  process.stdout.write(`${JSON.stringify({ listening: from })}\n`);
});
