import { openDevice } from '#adapters/devices/device-client.ts'

type Rain = { readonly rainMmH: number; readonly forS: number }

/**
 * Makes a simulated PLC say for a while that it rains; 0 mm/h ends it. Rejects with `DeviceRefused` or
 * `DeviceUnreachable`. Not for a real PLC, which knows no such command.
 */
export const pretendRain = async (
  address: { readonly host: string; readonly port: number; readonly timeoutMs: number },
  rain: Rain,
): Promise<void> => {
  const plc = openDevice(address)
  try {
    await plc.send('pretend-rain', rain)
  } finally {
    plc.close()
  }
}
