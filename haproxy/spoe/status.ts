/** Status codes of SPOP DISCONNECT frames (HAProxy doc/SPOE.txt, 3.5). */
export const spopStatus = {
  normal: 0,
  io: 1,
  timeout: 2,
  tooBig: 3,
  invalid: 4,
  noVersion: 5,
  noMaxFrameSize: 6,
  noCapabilities: 7,
  unsupportedVersion: 8,
  badMaxFrameSize: 9,
  fragmented: 10,
  interlaced: 11,
  unknownFrameId: 12,
  noResources: 13,
  unknown: 99,
} as const;

/** One of `spopStatus`. */
export type SpopStatus = (typeof spopStatus)[keyof typeof spopStatus];

/** The peer broke the protocol; `status` is what the AGENT-DISCONNECT frame says. */
export class SpopError extends Error {
  readonly status: SpopStatus;

  constructor(status: SpopStatus, message: string) {
    super(message);
    this.name = 'SpopError';
    this.status = status;
  }
}
