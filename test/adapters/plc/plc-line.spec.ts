import { expect, it, onTestFinished } from 'vitest'
import { PlcLine } from '#adapters/plc/plc-line.ts'
import { statusQuestion } from '#adapters/plc/status-reply.ts'
import { scriptedPlc, statusDated } from './scripted-plc.ts'

it('P14 a line that broke before the question could be sent: unreachable at send, in the words of PYROS', async () => {
  const server = await scriptedPlc((socket) => socket.write(statusDated('2017')))
  const line = new PlcLine(server, 1000)
  onTestFinished(() => line.drop('the test is over'))
  await line.ask(statusQuestion)
  for (const socket of server.sockets) socket.resetAndDestroy()
  await expect(line.ask(statusQuestion)).rejects.toMatchObject({
    name: 'PlcUnreachable',
    phase: 'send',
    message: expect.stringMatching(
      /^Could not send message \(on socket\) to PLC \(127\.0\.0\.1:\d+\): '\{"command":\[\{"name":"STATUS"\}\]\}' -> (Broken pipe|Connection reset by peer)$/,
    ),
  })
  expect(line.usable).toBe(false)
})
