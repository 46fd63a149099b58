import { daysBetween, isDiscipline, present } from '@medaccord/domain';
import type { BoardAction, LicenceEvent, PlainDate } from '@medaccord/domain';

/** What registers outside ask of a board's act, whatever its type is. */
export interface ActFields {
  readonly sequence: number;
  /** PROBATION, SUMMARY_SUSPENSION, REVOKE …; for what is about an act its kind: CORRECTION, REVISION, STAY, STAY_LIFTED, APPEAL. */
  readonly type: string;
  /** The act that it is about. */
  readonly about?: number;
  readonly discipline: boolean;
  readonly effectiveFrom?: PlainDate;
  readonly effectiveThru?: PlainDate;
  /** Days of a fixed term, first and last day included. */
  readonly days?: number;
  readonly automaticReinstatement?: boolean;
  readonly basisCodes: readonly string[];
  readonly orderNumber?: string;
  readonly decidedOn?: PlainDate;
  /** The day of the order, or the one on which the act was recorded. */
  readonly actedOn: PlainDate;
}

/** The fields of an event that is told. */
export function actFields({ sequence, kind, target, action, order, recordedAt }: LicenceEvent): ActFields {
  return {
    sequence,
    type: kind === 'INITIAL' ? typeOfAct(action) : kind,
    ...present('about', target),
    discipline: isDiscipline(action),
    ...present('effectiveFrom', action?.effectiveFrom),
    ...termOf(action),
    ...present('orderNumber', order?.number),
    ...present('decidedOn', order?.decidedOn),
    actedOn: order?.decidedOn ?? recordedAt.slice(0, 10),
  };
}

function termOf(action: BoardAction | undefined): Pick<ActFields, 'effectiveThru' | 'days' | 'automaticReinstatement' | 'basisCodes'> {
  if (action === undefined || !('basisCodes' in action)) return { basisCodes: [] };
  const { effectiveFrom, effectiveThru, automaticReinstatement, basisCodes } = action.type === 'REVOKE' ? { ...action, effectiveThru: undefined, automaticReinstatement: undefined } : action;
  const days = effectiveThru === undefined ? undefined : daysBetween(effectiveFrom, effectiveThru) + 1;

  return { ...present('effectiveThru', effectiveThru), ...present('days', days), ...present('automaticReinstatement', automaticReinstatement), basisCodes };
}

/** A holder's name in parts. */
export interface NameParts {
  readonly firstName?: string;
  readonly middleName?: string;
  readonly lastName: string;
}

/** The parts of `Doe, Jane Ann` or `Jane Ann Doe`; undefined where there is no name. */
export function nameParts(holder: string | undefined): NameParts | undefined {
  if (holder === undefined) return undefined;
  const [lastName, given] = holder.includes(',') ? holder.split(',', 2).map((part) => part.trim()) : lastWordFirst(holder);
  const [first, ...middle] = (given ?? '').split(/\s+/).filter((part) => part !== '');

  return { ...present('firstName', first), ...present('middleName', middle.length === 0 ? undefined : middle.join(' ')), lastName: lastName ?? '' };
}

function lastWordFirst(name: string): readonly string[] {
  const words = name.trim().split(/\s+/);

  return [words.at(-1) ?? '', words.slice(0, -1).join(' ')];
}

function typeOfAct(action: BoardAction | undefined): string {
  if (action?.type === 'ENCUMBER') return action.encumbrance;

  return action?.type === 'SUSPEND' && action.summary ? 'SUMMARY_SUSPENSION' : (action?.type ?? '');
}
