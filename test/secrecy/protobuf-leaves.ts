/**
 * Takes protobuf bytes apart without a schema: every length-delimited field is returned as it stands and, where its
 * bytes are a well-formed message themselves, taken apart again.
 */
export function protobufLeaves(bytes: Uint8Array): Uint8Array[] {
  const leaves: Uint8Array[] = [];
  const waiting: Uint8Array[] = [bytes];
  for (let message = waiting.pop(); message !== undefined; message = waiting.pop()) {
    for (const field of lengthDelimitedFields(message) ?? []) {
      leaves.push(field);
      if (field.length > 1) waiting.push(field);
    }
  }
  return leaves;
}

interface Cursor {
  position: number;
}

/** The length-delimited fields of a message, or undefined where the bytes are none. */
function lengthDelimitedFields(message: Uint8Array): Uint8Array[] | undefined {
  const fields: Uint8Array[] = [];
  const cursor: Cursor = { position: 0 };
  while (cursor.position < message.length) {
    const field = nextField(message, cursor);
    if (field === undefined) return undefined;
    if (field.length > 0) fields.push(field);
  }
  return fields;
}

const nothing = new Uint8Array();

/** Steps over one field; its bytes where it is length-delimited, nothing for other wire types, undefined where malformed. */
function nextField(message: Uint8Array, cursor: Cursor): Uint8Array | undefined {
  const tag = varint(message, cursor);
  if (tag === undefined || tag >>> 3 === 0) return undefined;
  switch (tag & 7) {
    case 0:
      return varint(message, cursor) === undefined ? undefined : nothing;
    case 1:
      return skip(message, cursor, 8);
    case 2:
      return take(message, cursor, varint(message, cursor));
    case 5:
      return skip(message, cursor, 4);
    default:
      return undefined;
  }
}

function skip(message: Uint8Array, cursor: Cursor, length: number): Uint8Array | undefined {
  return take(message, cursor, length) === undefined ? undefined : nothing;
}

function take(message: Uint8Array, cursor: Cursor, length: number | undefined): Uint8Array | undefined {
  if (length === undefined || cursor.position + length > message.length) return undefined;
  const field = message.subarray(cursor.position, cursor.position + length);
  cursor.position += length;
  return field;
}

/** Values beyond 32 bits are read to their end and returned truncated: only their place in the message matters. */
function varint(message: Uint8Array, cursor: Cursor): number | undefined {
  let value = 0;
  for (let shift = 0; shift < 70; shift += 7) {
    const byte = message[cursor.position++];
    if (byte === undefined) return undefined;
    if (shift < 28) value |= (byte & 0x7f) << shift;
    if (byte < 0x80) return value;
  }
  return undefined;
}
