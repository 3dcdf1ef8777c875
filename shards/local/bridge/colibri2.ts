import { type Element, xml } from '@xmpp/client';
import type { ConferenceModify, ModifyDone, ModifyRefused } from './conference-table.ts';

export const colibri2Namespace = 'jitsi:colibri2';

/** Reads a conference-modify; undefined when it names no meeting or an endpoint has no id. */
export function parseConferenceModify(element: Element): ConferenceModify | undefined {
  const meetingId = element.attrs['meeting-id'];
  if (!meetingId) return undefined;
  const endpoints: { id: string; create: boolean; expire: boolean }[] = [];
  for (const endpoint of element.getChildren('endpoint', colibri2Namespace)) {
    const id = endpoint.attrs.id;
    if (!id) return undefined;
    endpoints.push({ id, create: isTrue(endpoint, 'create'), expire: isTrue(endpoint, 'expire') });
  }
  return { meetingId, create: isTrue(element, 'create'), expire: isTrue(element, 'expire'), endpoints };
}

/** The answer to a conference-modify: conference-modified, or an error with colibri2's reason. */
export function renderModifyAnswer(result: ModifyDone | ModifyRefused): Element {
  if (result.refused) return renderError(result.condition, result.reason);
  const endpoints = result.endpoints.map(({ id, expired }) =>
    expired ? xml('endpoint', { id, expire: 'true' }) : xml('endpoint', { id }, xml('transport')),
  );
  return xml('conference-modified', { xmlns: colibri2Namespace }, ...endpoints, xml('sources'));
}

/** An IQ error by XMPP condition. */
export function renderError(condition: string, reason?: string): Element {
  const own = reason ? [xml('error', { xmlns: colibri2Namespace, reason })] : [];
  const known = xml(condition, { xmlns: 'urn:ietf:params:xml:ns:xmpp-stanzas' });
  return xml('error', { type: 'cancel' }, known, ...own);
}

function isTrue(element: Element, attribute: string): boolean {
  return element.attrs[attribute] === 'true';
}
