import { client } from '@xmpp/client';
import { expect, it } from 'vitest';
import { hearLateErrors, websocketTransport } from './late-errors.ts';

it('lets a websocket fail that nobody listens to any more', () => {
  const connection = client({ service: 'ws://127.0.0.1:9/', domain: 'meet.jitsi' });
  const late = () => new (websocketTransport(connection).prototype.Socket)().emit('error', new Error('late'));
  expect(late).toThrow('late');
  hearLateErrors(connection);
  expect(late).not.toThrow();
});
