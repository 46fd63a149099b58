import { serviceKey } from '../documents/key.js';
import { renderingProvider } from './claim.js';
import type { ClaimDocument } from './claim.js';

/** Where the services are found that a person rendered: when that person's past changes, the decision is looked at again. */
export function serviceKeys({ id, body: { content } }: ClaimDocument): readonly string[] {
  const keys = content.lines.flatMap((line) => {
    const { entity, npi } = renderingProvider(content, line);
    return entity === 'person' && npi !== undefined ? [serviceKey(npi, line.serviceFrom, id)] : [];
  });
  return [...new Set(keys)].sort((a, b) => (a < b ? -1 : 1));
}
