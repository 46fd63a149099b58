import { integer, object, freeText, optional, where } from '../shared/parse.js';
import type { Shape } from '../shared/parse.js';

/** How long a board's last word is believed: after some hours its answers are told to be stale, later there is none. */
export interface SourcePatience {
  readonly staleAfterHours: number;
  readonly silentAfterHours: number;
}

/** What the founders agreed on, written once. */
export interface RegistryConfiguration {
  readonly schema: 'registry-configuration/v1';
  /** MSP id of the consortium office, whose member administrators admit members. */
  readonly consortium: string;
  /** Ticks are at least this far apart: each one makes transactions in flight that read the clock retry. */
  readonly clockIntervalMilliseconds: number;
  /** A tick lies at most this far from its transaction's own time. */
  readonly clockToleranceMilliseconds: number;
  /** Absent: a board reports daily, so 48 and 168 hours. */
  readonly sourcePatience?: SourcePatience;
}

/** Sent once, by a member administrator of the organisation that becomes the consortium office. */
export interface Initialise {
  readonly name: string;
  readonly clockIntervalMilliseconds: number;
  readonly clockToleranceMilliseconds: number;
  readonly sourcePatience?: SourcePatience;
}

const hours = integer(1, 8784);

const sourcePatience: Shape<SourcePatience> = where(
  object<SourcePatience>({ staleAfterHours: hours, silentAfterHours: hours }), ({ staleAfterHours, silentAfterHours }) => staleAfterHours <= silentAfterHours, 'INCONSISTENT',
);

/** Reads the initialisation. */
export const initialiseShape: Shape<Initialise> = object<Initialise>({
  name: freeText(1, 120),
  clockIntervalMilliseconds: integer(0, 86_400_000),
  clockToleranceMilliseconds: integer(0, 900_000),
  sourcePatience: optional(sourcePatience),
});
