import { orderer } from '@hyperledger/fabric-protos';

/** A range of blocks that a client asked for. */
export interface BlockRange {
  readonly start: number;
  /** The block that ends the request; where it lies before the start, the request goes on for ever, as with Fabric. */
  readonly stop: number;
  /** True where a block that is not there yet ends the request instead of being waited for. */
  readonly failIfNotReady: boolean;
}

const { TypeCase } = orderer.SeekPosition;

/** The blocks that a seek means at a chain's height; `malformed` where it makes no sense, `absent` where it starts beyond the next block or nowhere. */
export function seekRange(seek: orderer.SeekInfo, height: number): BlockRange | 'malformed' | 'absent' {
  const [from, to] = [seek.getStart(), seek.getStop()];
  if (!from || !to) return 'malformed';
  const start = startOf(from, height);
  const stop = stopOf(from, to, start ?? 0, height);
  if (to.getTypeCase() === TypeCase.SPECIFIED && stop < (start ?? 0)) return 'malformed';
  if (start === undefined) return 'absent';
  return { start, stop, failIfNotReady: seek.getBehavior() === orderer.SeekInfo.SeekBehavior.FAIL_IF_NOT_READY };
}

function startOf(seek: orderer.SeekPosition, height: number): number | undefined {
  const specified = seek.getSpecified()?.getNumber() ?? 0;
  switch (seek.getTypeCase()) {
    case TypeCase.OLDEST:
      return 0;
    case TypeCase.NEWEST:
      return height - 1;
    case TypeCase.SPECIFIED:
      return specified > height ? undefined : specified;
    case TypeCase.NEXT_COMMIT:
      return height;
    case TypeCase.TYPE_NOT_SET:
    default:
      return undefined;
  }
}

function stopOf(from: orderer.SeekPosition, to: orderer.SeekPosition, start: number, height: number): number {
  switch (to.getTypeCase()) {
    case TypeCase.OLDEST:
      return start;
    case TypeCase.NEWEST:
      // "Newest to newest" is one block, also where another was committed meanwhile.
      return from.getTypeCase() === TypeCase.NEWEST ? start : height - 1;
    case TypeCase.SPECIFIED:
      return to.getSpecified()?.getNumber() ?? 0;
    case TypeCase.NEXT_COMMIT:
    case TypeCase.TYPE_NOT_SET:
    default:
      return 0;
  }
}
