import { z } from 'zod';

/** A number below this is seconds since the epoch (up to the year 5138), one above it milliseconds (from 1973). */
const secondsBelow = 1e11;

/**
 * When the room was created, in milliseconds since the epoch. Jitsi's modules have given a number, a string of
 * milliseconds, or nothing, depending on their version and on which of them are loaded.
 */
const createdTime = z
  .union([z.number(), z.string().regex(/^\d+$/).transform(Number)])
  .transform((time) => (time < secondsBelow ? time * 1000 : time))
  .nullish()
  .transform((time) => time ?? undefined);

const room = z
  .object({
    room_name: z.string().includes('@'),
    // mod_muc_census subtracts one for the focus whether or not it is in the room.
    participants: z.int().transform((participants) => Math.max(0, participants)),
    created_time: createdTime,
    leaked: z.boolean().default(false),
  })
  .transform((entry) => ({
    /** Full room JID: `[tenant]room@muc.domain`. */
    jid: entry.room_name,
    /** Occupants without the focus. */
    participants: entry.participants,
    /** Milliseconds since the epoch, when the shard says it. */
    createdAt: entry.created_time,
    /** All its occupants have lost their connection. */
    leaked: entry.leaked,
  }));

/** What `/room-census` of Jitsi's mod_muc_census answers. */
export const censusAnswer = z
  .object({ room_census: z.array(room) })
  .transform((answer) => answer.room_census);

/** A live room, by its shard's own word. */
export type CensusRoom = z.infer<typeof room>;
