import { DomainError } from '@medaccord/domain';

/** The code with which a call is refused; undefined where it is not, the error's text where it is no refusal. */
export function codeOf(run: () => void): string | undefined {
  try {
    run();
    return undefined;
  } catch (error) {
    return error instanceof DomainError ? error.code : String(error);
  }
}
