import { orderer } from '@hyperledger/fabric-protos';

/** A range of blocks that a client asked for. */
export interface BlockRange {
  readonly start: number;
  /** The last block, inclusive; infinity where the client wants to go on for ever. */
  readonly stop: number;
  /** True where a block that is not there yet ends the request instead of being waited for. */
  readonly failIfNotReady: boolean;
}

const { TypeCase } = orderer.SeekPosition;

/** The blocks that a seek means at a chain's height; undefined where it makes no sense. */
export function seekRange(seek: orderer.SeekInfo, height: number): BlockRange | undefined {
  const [from, to] = [seek.getStart(), seek.getStop()];
  if (!from || !to) return undefined;
  const start = position(from, height);
  if (start === undefined) return undefined;
  const stop = stopAt(from, to, start, height);
  if (stop === undefined || stop < start) return undefined;
  return { start, stop, failIfNotReady: seek.getBehavior() === orderer.SeekInfo.SeekBehavior.FAIL_IF_NOT_READY };
}

function position(seek: orderer.SeekPosition, height: number): number | undefined {
  switch (seek.getTypeCase()) {
    case TypeCase.OLDEST:
      return 0;
    case TypeCase.NEWEST:
      return height - 1;
    case TypeCase.SPECIFIED:
      return seek.getSpecified()?.getNumber() ?? 0;
    case TypeCase.NEXT_COMMIT:
      return height;
    case TypeCase.TYPE_NOT_SET:
    default:
      return undefined;
  }
}

function stopAt(from: orderer.SeekPosition, to: orderer.SeekPosition, start: number, height: number): number | undefined {
  switch (to.getTypeCase()) {
    case TypeCase.OLDEST:
      return start;
    case TypeCase.NEWEST:
      // "Newest to newest" is one block, also where another was committed meanwhile.
      return from.getTypeCase() === TypeCase.NEWEST ? start : Math.max(start, height - 1);
    case TypeCase.SPECIFIED:
      return to.getSpecified()?.getNumber() ?? 0;
    case TypeCase.NEXT_COMMIT:
    case TypeCase.TYPE_NOT_SET:
    default:
      return undefined;
  }
}
