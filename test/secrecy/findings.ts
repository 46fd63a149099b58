import { protobufLeaves } from './protobuf-leaves.js';
import { secretForms } from './secret-forms.js';

/** A value that must not be seen, and what it is, for the report. */
export interface Secret {
  readonly what: string;
  readonly value: string | Uint8Array;
}

export interface Finding {
  readonly what: string;
  readonly form: string;
  /** Where it was found, for example `block 12`. */
  readonly where: string;
}

/** Below this many bytes a value is found by chance: it counts only as a whole word of readable text. */
const shortestUnmistakable = 6;

/** Looks for every secret in every form, in the bytes as they stand and in each protobuf layer of them. */
export function findSecrets(secrets: readonly Secret[], where: string, bytes: Uint8Array): Finding[] {
  const whole = Buffer.from(bytes);
  const words = wordsOf([whole, ...protobufLeaves(bytes).map((leaf) => Buffer.from(leaf))]);
  return secrets.flatMap(({ what, value }) =>
    secretForms(value)
      .filter(({ bytes: form }) => (form.length < shortestUnmistakable ? words.has(form.toString('latin1')) : whole.includes(form)))
      .map(({ name }) => ({ what, form: name, where })),
  );
}

/** Words of the readable parts: runs of letters, digits, dots and hyphens inside stretches of eight printable characters or more. */
function wordsOf(parts: readonly Buffer[]): Set<string> {
  const words = new Set<string>();
  for (const part of parts) {
    for (const [text] of part.toString('latin1').matchAll(/[\x20-\x7e]{8,}/g)) {
      for (const [word] of text.matchAll(/[A-Za-z0-9.-]+/g)) words.add(word);
    }
    if (part.length < 8 && /^[\x20-\x7e]+$/.test(part.toString('latin1'))) words.add(part.toString('latin1'));
  }
  return words;
}
