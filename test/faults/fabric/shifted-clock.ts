// Loaded before everything else by a process whose clock shall be off: all that it reads of the time is CLOCK_OFF_MS ahead.

const offMs = Number(process.env['CLOCK_OFF_MS'] ?? 0);
const Real = Date;

class Shifted extends Real {
  constructor(...args: [] | ConstructorParameters<DateConstructor>) {
    super(...((args.length === 0 ? [Real.now() + offMs] : args) as [number]));
  }

  static override now(): number {
    return Real.now() + offMs;
  }
}

globalThis.Date = Shifted as DateConstructor;
