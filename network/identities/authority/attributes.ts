import { Extension } from './x509.js';

/** Fabric's certificate extension for attributes: JSON `{"attrs":{name:value}}`, read by the chaincode's client identity. */
export const ATTRIBUTE_EXTENSION = '1.2.3.4.5.6.7.8.1';

/** Attributes that a certificate states about its holder, for example `medaccord.role`. */
export type Attributes = Readonly<Record<string, string>>;

/** The extension that carries the attributes; not critical, because verifiers outside Fabric do not know it. */
export function attributeExtension(attributes: Attributes): Extension {
  return new Extension(ATTRIBUTE_EXTENSION, false, new TextEncoder().encode(JSON.stringify({ attrs: attributes })));
}

/** The attributes of a certificate; empty where it has none or the extension is not Fabric's JSON. */
export function readAttributes(extension: Extension | null): Attributes {
  if (extension === null) {
    return {};
  }
  try {
    const parsed: unknown = JSON.parse(new TextDecoder().decode(extension.value));
    const attrs = isObject(parsed) && isObject(parsed['attrs']) ? parsed['attrs'] : {};
    return Object.fromEntries(Object.entries(attrs).filter((entry): entry is [string, string] => typeof entry[1] === 'string'));
  } catch {
    // Not JSON: a certificate of another authority that uses the number for something else states nothing to Fabric.
    return {};
  }
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}
