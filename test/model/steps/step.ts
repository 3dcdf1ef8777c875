import type { World } from '../world.ts';

/** Something that may happen now. */
export interface Step {
  /** What happens, as a sentence of the story. */
  story: string;
  /** Changes its copy of the world. */
  take(world: World): void;
}

/** Rooms' names in stories. */
export function roomName(room: number): string {
  return `room ${room + 1}`;
}
