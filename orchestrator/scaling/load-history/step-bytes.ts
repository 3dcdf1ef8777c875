import { type LoadStep, unknownStep } from './load-step.ts';

/**
 * How long a step is in Redis: throughput and demand in kbit/s in 4 bytes each, participants, conferences and both
 * counts of bridges in 2 each, stress in per cent in 1, big endian. Each is one more than it says: 0, which Redis puts
 * where nothing was written, is unknown.
 */
export const stepBytes = 17;

const most4 = 2 ** 32 - 1;
const most2 = 2 ** 16 - 1;
const most1 = 2 ** 8 - 1;

/** A step as it is kept. What is beyond its room is kept as the most that fits. */
export function encodeStep(step: LoadStep): Buffer {
  const bytes = Buffer.alloc(stepBytes);
  bytes.writeUInt32BE(encodeNumber(step.bitsPerSecond, most4, 1_000), 0);
  bytes.writeUInt32BE(encodeNumber(step.demand, most4, 1_000), 4);
  const counts = [step.participants, step.conferences, step.bridges, step.openBridges];
  for (const [index, count] of counts.entries())
    bytes.writeUInt16BE(encodeNumber(count, most2), 8 + 2 * index);
  bytes.writeUInt8(encodeNumber(step.highestStress, most1, 0.01), 16);
  return bytes;
}

/** The step at `offset` of what is kept; unknown beyond its end. */
export function decodeStep(bytes: Buffer, offset: number): LoadStep {
  if (offset + stepBytes > bytes.length) return unknownStep;
  const percent = decodeNumber(bytes.readUInt8(offset + 16));
  return {
    bitsPerSecond: decodeNumber(bytes.readUInt32BE(offset), 1_000),
    demand: decodeNumber(bytes.readUInt32BE(offset + 4), 1_000),
    participants: decodeNumber(bytes.readUInt16BE(offset + 8)),
    conferences: decodeNumber(bytes.readUInt16BE(offset + 10)),
    bridges: decodeNumber(bytes.readUInt16BE(offset + 12)),
    openBridges: decodeNumber(bytes.readUInt16BE(offset + 14)),
    highestStress: percent === undefined ? undefined : percent / 100,
  };
}

function encodeNumber(value: number | undefined, most: number, unit = 1): number {
  return value === undefined ? 0 : Math.min(most, Math.round(value / unit) + 1);
}

function decodeNumber(kept: number, unit = 1): number | undefined {
  return kept === 0 ? undefined : (kept - 1) * unit;
}
