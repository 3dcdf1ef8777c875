/** A JVB's states; there is no way back from the second and third. */
export type ShutdownState = 'running' | 'graceful-shutdown' | 'shutting-down';

/** The state after a shutdown request. */
export function requestShutdown(state: ShutdownState, graceful: boolean): ShutdownState {
  if (!graceful) return 'shutting-down';
  return state === 'running' ? 'graceful-shutdown' : state;
}

/** A gracefully shutting bridge ends as soon as it has no local endpoint left. */
export function afterEndpoints(state: ShutdownState, localEndpoints: number): ShutdownState {
  return state === 'graceful-shutdown' && localEndpoints === 0 ? 'shutting-down' : state;
}
