/** For `toThrow`: an error with this code and, where given, exactly this message or one that contains it. */
export function refusal(code: string, message?: string | RegExp): Error {
  const text: unknown = typeof message === 'string' ? message : expect.stringMatching(message ?? /./);
  return expect.objectContaining({ code, message: text }) as Error;
}
