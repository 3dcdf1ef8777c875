import { createRequire } from 'node:module';
import { resolve } from 'node:path';

/** The part of the npm package haproxy-sdk that the bench calls. */
export interface SdkClient {
  addMap(map: string, key: string, value: string): Promise<unknown>;
  setMap(map: string, key: string, value: string): Promise<unknown>;
}

type SdkConstructor = new (socket: string) => SdkClient;

/** A client of haproxy-sdk for `socket`, or why there is none: it is no dependency of usher. */
export async function loadSdk(socket: string): Promise<SdkClient | string> {
  const directory = process.env.USHER_HAPROXY_SDK;
  if (!directory) {
    return 'USHER_HAPROXY_SDK is not set: npm install haproxy-sdk in an empty directory and name it there';
  }
  try {
    const Sdk: SdkConstructor = createRequire(resolve(directory, 'package.json'))('haproxy-sdk');
    return new Sdk(socket);
  } catch (error) {
    return `haproxy-sdk not found in ${directory}: ${String(error)}`;
  }
}
