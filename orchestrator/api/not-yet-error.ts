import { UsherError } from '../../common/errors.ts';

/**
 * What was asked for is not known yet, and will be in a moment: somebody begins to lead, or has just begun. Nothing was
 * changed. Status 503 as of an orchestrator that stands by: commands ask again, within bounds.
 */
export class NotYetError extends UsherError {}
