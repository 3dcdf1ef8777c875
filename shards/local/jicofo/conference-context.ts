import type { Logger } from '../../../common/log.ts';
import type { XmppSession } from '../../brewery/xmpp-session.ts';
import type { BridgeTable } from './bridge-table.ts';
import type { JicofoConfig } from './config.ts';

/** What a conference needs of its Jicofo. */
export interface ConferenceContext {
  config: JicofoConfig;
  bridges: BridgeTable;
  log: Logger;
  /** The current XMPP session, if there is one. */
  session(): XmppSession | undefined;
  /** The conference is over and can be forgotten. */
  ended(room: string): void;
}
