import { hostname } from 'node:os'
import { startOfProcess } from './process-identity.ts'

const clean = (text: string): string => text.replaceAll(/[^A-Za-z0-9-]/g, '-')

const identityOf = async (pid: number): Promise<string | undefined> => {
  const start = await startOfProcess(pid)
  return start && `${clean(hostname())}.${pid}.${clean(start)}`
}

/** This process, in words that no other process will ever have: letters, digits, dots and dashes. */
export const hostIdentity = async (): Promise<string> =>
  (await identityOf(process.pid)) ?? `${clean(hostname())}.${process.pid}.unknown`

/** Whether a host was a process of this machine and has ended; false when that cannot be told from here. */
export const hostIsGone = async (host: string): Promise<boolean> => {
  const [machine, pid = ''] = host.split('.')
  if (machine !== clean(hostname()) || !/^\d+$/.test(pid)) return false
  return (await identityOf(Number(pid))) !== host
}
