import { UsherError } from '../../common/errors.ts';

/** What was asked for is well said, but the state of the fleet forbids it. Exit code 1, status 409. */
export class RefusedError extends UsherError {}
