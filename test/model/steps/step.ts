import { oldWorkerNumber, type World } from '../world.ts';

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

/** Names in stories of what serves requests. */
export function workerName(worker: number): string {
  return worker === oldWorkerNumber ? 'the old worker' : `proxy ${worker + 1}`;
}
