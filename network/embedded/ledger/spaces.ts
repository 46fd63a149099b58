/**
 * State lives in spaces: one per namespace for public values, and per collection one for hashes and one for values.
 * The names are Fabric's own (`ns$$hcoll`, `ns$$pcoll`); a chaincode name cannot contain `$`.
 */

/** Space of a collection's hashed keys and values; its keys are key hashes in hex. */
export function hashedSpace(namespace: string, collection: string): string {
  return `${namespace}$$h${collection}`;
}

/** Space of a collection's plain keys and values at a member. */
export function privateSpace(namespace: string, collection: string): string {
  return `${namespace}$$p${collection}`;
}

/** The hashed space of the collection whose private space is given. */
export function hashedSpaceBeside(space: string): string {
  const [namespace = '', collection = ''] = space.split('$$p', 2);
  return hashedSpace(namespace, collection);
}
