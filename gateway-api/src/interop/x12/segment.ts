/** The four characters that a sender chose for one interchange. */
export interface Delimiters {
  readonly element: string;
  readonly component: string;
  readonly repetition: string;
  readonly terminator: string;
}

/** One segment of a file, cut into elements; components stay joined until asked for. */
export interface Segment {
  readonly id: string;
  /** Number of the segment in the file, from 1. */
  readonly position: number;
  /** Element n of the standard stands at index n - 1. */
  readonly elements: readonly string[];
  readonly componentSeparator: string;
}

/** The ids that an 837 and its envelope may have. An issue names no other word of a file: it could be a patient's name. */
const KNOWN_IDS: ReadonlySet<string> = new Set(
  (
    'ISA IEA GS GE ST SE TA1 BHT HL NM1 N1 N2 N3 N4 PER REF PRV CUR SBR PAT DMG CLM DTP CL1 PWK CN1 DN1 DN2 AMT K3 NTE ' +
    'CR1 CR2 CR3 CR4 CR5 CR6 CR7 CR8 CRC HI QTY HCP CAS OI MIA MOA LX SV1 SV2 SV3 SV4 SV5 SV6 SV7 TOO MEA PS1 IMM ' +
    'LIN CTP SVD LQ FRM HSD UR BIN BDS'
  ).split(' '),
);

/** Whether the word is a segment id of the claim transactions or their envelope. */
export function isKnownId(id: string): boolean {
  return KNOWN_IDS.has(id);
}

/** The id as an issue may show it. */
export function shownId(id: string): string {
  return isKnownId(id) ? id : '?';
}

/** Element `number` (from 1) without padding; the empty string where it is absent. */
export function element(segment: Segment, number: number): string {
  return segment.elements[number - 1]?.trim() ?? '';
}

/** The components of element `number`; the one empty component where it is absent. */
export function components(segment: Segment, number: number): readonly string[] {
  return element(segment, number)
    .split(segment.componentSeparator)
    .map((component) => component.trim());
}
