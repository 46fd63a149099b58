import { canonicalJson, invalidInput, issue } from '@medaccord/domain';
import type { Request } from 'express';
import { uploadOf } from './upload.js';

/** What makes two bodies the same: the digest of an upload, or the canonical form of JSON. */
export function bodyContentOf(request: Request): readonly (string | Uint8Array)[] {
  const upload = uploadOf(request);
  if (upload !== undefined) return ['upload', upload.digest];
  const body: unknown = request.body;

  return body === undefined ? [] : ['json', canonicalForm(body)];
}

/** Fractions, lone surrogates and the like have no canonical form; no field of the project takes them either. */
function canonicalForm(body: unknown): string {
  try {
    return canonicalJson(body);
  } catch (error) {
    if (error instanceof TypeError) throw invalidInput([issue('WRONG_FORMAT', '')]);
    throw error;
  }
}
