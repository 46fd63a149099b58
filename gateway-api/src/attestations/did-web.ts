/** The identifier of whoever publishes at an address: https://www.w3.org/TR/did-core with the method `did:web`. */
export function didOf(publicUrl: string): string {
  return `did:web:${new URL(publicUrl).host.replace(':', '%3A')}`;
}

/** Where the document of a `did:web` lies: over https, but for a development stack on this machine. */
export function documentUrlOf(did: string): string {
  const [host = '', ...path] = did.slice('did:web:'.length).split(':').map(decodeURIComponent);
  const scheme = /^localhost(?::\d+)?$/.test(host) ? 'http' : 'https';

  return `${scheme}://${[host, ...(path.length === 0 ? ['.well-known'] : path)].join('/')}/did.json`;
}
