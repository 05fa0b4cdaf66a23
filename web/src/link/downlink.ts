import { Device, DeviceMessage, type DeviceMessageDraft, pageOf } from '@app/shared';
import { ask } from './http.js';

const Devices = pageOf(Device);
const Messages = pageOf(DeviceMessage);

/** Terminals in use of a team that one may speak to. @throws HttpFault */
export async function fetchTerminals(team: string, signal: AbortSignal): Promise<Device[]> {
  const { items } = await ask(`/api/devices?${new URLSearchParams({ team, limit: '200' })}`, Devices, {
    signal,
  });
  return items.filter(({ terminal, revokedAt }) => terminal !== null && revokedAt === null);
}

/** What was sent to a terminal, newest first. @throws HttpFault */
export const fetchMessages = async (device: string, signal: AbortSignal): Promise<DeviceMessage[]> =>
  (await ask(`/api/devices/${device}/messages`, Messages, { signal })).items;

/** @throws HttpFault `team.other-command` and others */
export const sendMessage = (device: string, body: DeviceMessageDraft): Promise<DeviceMessage> =>
  ask(`/api/devices/${device}/messages`, DeviceMessage, { method: 'POST', body });
