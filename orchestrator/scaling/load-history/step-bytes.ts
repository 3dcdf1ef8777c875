import { type LoadStep, unknownStep } from './load-step.ts';

/**
 * How long a step is in Redis: kbit/s in 4 bytes, participants, conferences and both counts of bridges in 2 each, big
 * endian. Each is one more than it says: 0, which Redis puts where nothing was written, is unknown.
 */
export const stepBytes = 12;

const most4 = 2 ** 32 - 1;
const most2 = 2 ** 16 - 1;

/** A step as it is kept. What is beyond its room is kept as the most that fits. */
export function encodeStep(step: LoadStep): Buffer {
  const bytes = Buffer.alloc(stepBytes);
  const kilobits = step.bitsPerSecond === undefined ? undefined : step.bitsPerSecond / 1_000;
  bytes.writeUInt32BE(encodeNumber(kilobits, most4), 0);
  const counts = [step.participants, step.conferences, step.bridges, step.openBridges];
  for (const [index, count] of counts.entries())
    bytes.writeUInt16BE(encodeNumber(count, most2), 4 + 2 * index);
  return bytes;
}

/** The step at `offset` of what is kept; unknown beyond its end. */
export function decodeStep(bytes: Buffer, offset: number): LoadStep {
  if (offset + stepBytes > bytes.length) return unknownStep;
  const kilobits = decodeNumber(bytes.readUInt32BE(offset));
  return {
    bitsPerSecond: kilobits === undefined ? undefined : kilobits * 1_000,
    participants: decodeNumber(bytes.readUInt16BE(offset + 4)),
    conferences: decodeNumber(bytes.readUInt16BE(offset + 6)),
    bridges: decodeNumber(bytes.readUInt16BE(offset + 8)),
    openBridges: decodeNumber(bytes.readUInt16BE(offset + 10)),
  };
}

function encodeNumber(value: number | undefined, most: number): number {
  return value === undefined ? 0 : Math.min(most, Math.round(value) + 1);
}

function decodeNumber(kept: number): number | undefined {
  return kept === 0 ? undefined : kept - 1;
}
