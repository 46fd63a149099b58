import { once } from 'node:events';

interface Sink<T> {
  write(message: T): boolean;
  once(event: 'drain', listener: () => void): unknown;
}

/** Sends a sequence on a gRPC stream, no faster than the other end reads it; ends early when the call is cancelled. */
export async function sendAll<T>(call: Sink<T> & NodeJS.EventEmitter, messages: AsyncIterable<T>, signal: AbortSignal): Promise<void> {
  try {
    for await (const message of messages) {
      if (signal.aborted) return;
      if (!call.write(message)) await once(call, 'drain', { signal });
    }
  } catch (cause) {
    // An aborted wait is how a cancelled call ends.
    if (!signal.aborted) throw cause;
  }
}
