/** The code of an operating system's refusal, for example `EEXIST`; undefined for anything else that was thrown. */
export function systemErrorCode(error: unknown): string | undefined {
  const code = typeof error === 'object' && error !== null && 'code' in error ? error.code : undefined;

  return typeof code === 'string' ? code : undefined;
}
