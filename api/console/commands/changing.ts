import { randomUUID } from 'node:crypto'
import type { Envelope } from '#commands/handle.ts'
import { operationsOn } from '#commands/operation/operations.ts'
import { deviceNameSchema } from '#domain/devices/events.ts'
import { controlModeSchema } from '#domain/night/course-events.ts'
import { nightOf } from '#domain/shared/night.ts'
import { instantOf } from '#domain/shared/time.ts'
import type { Call, ConsoleCommand } from '../command.ts'
import { InputWrong } from '../input.ts'

const envelopeOf = ({ actor, parts: { clock, site } }: Call): Envelope => {
  const at = instantOf(clock.now())
  return { commandId: randomUUID(), at, night: nightOf(at, site.timeZone), actor }
}

export const mode: ConsoleCommand = {
  usage: 'mode <automatic|manual|engineering> <why>',
  about: 'takes the observatory over by hand, or hands it back; why stands in the log',
  run: async (call) => {
    const [, asked, ...words] = call.input.words
    const wanted = controlModeSchema.safeParse(asked)
    if (!wanted.success) throw new InputWrong(`a mode is ${controlModeSchema.options.join(', ')}`)
    const why = words.join(' ')
    if (why === '') throw new InputWrong('say why, in a few words: it stands in the log')
    const { site, commandNight } = call.parts
    const envelope = envelopeOf(call)
    const { night, at } = envelope
    const command = { type: 'ChangeControlMode', site: site.id, night, at, why, byPerson: true } as const
    const { events } = await commandNight({ ...command, mode: wanted.data }, envelope)
    call.print(
      events.length > 0
        ? `${wanted.data} mode, on record in your name`
        : `it is in ${wanted.data} mode already`,
    )
  },
}

export const note: ConsoleCommand = {
  usage: 'note <text>',
  about: 'writes a line into the log of the night, for all who listen (follow #note)',
  run: async (call) => {
    const text = call.input.words.slice(1).join(' ').trim()
    if (text === '') throw new InputWrong('say something, e.g. note the seeing is better than forecast')
    const { store, site } = call.parts
    await operationsOn(store, site.id)({ type: 'NightNoteWritten', data: { text } }, envelopeOf(call))
    call.print('written, in your name')
  },
}

export const device: ConsoleCommand = {
  usage: 'device <name> <command> [{parameters}]',
  about:
    'tells a device to do something, e.g. device dome close; refused in automatic mode, but what makes it safer',
  run: async (call) => {
    const [, named, name] = call.input.words
    const known = deviceNameSchema.safeParse(named)
    if (!known.success) throw new InputWrong(`a device is ${deviceNameSchema.options.join(', ')}`)
    if (name === undefined) throw new InputWrong(`name what ${known.data} is to do`)
    const order = { device: known.data, name, parameters: call.input.json ?? {} }
    const { conversationId, refusal } = await call.parts.orderDevice(order, envelopeOf(call))
    if (refusal)
      throw new InputWrong(`refused (${refusal.code}): ${refusal.why}; on record as ${conversationId}`)
    call.print(`on record as ${conversationId}; follow ${known.data}: shows what becomes of it`)
  },
}

export const ping: ConsoleCommand = {
  usage: 'ping <agent>',
  about: 'asks an agent whether it hears, and shows what it says of itself',
  run: async ({ input, parts: { ask, clock }, actor, print, signal }) => {
    const [, sender] = input.words
    if (sender === undefined) throw new InputWrong('name an agent, e.g. ping majordome')
    const begun = clock.now()
    const asked = { sender, content: {}, timeoutS: 15, actor }
    await ask({ ...asked, name: 'ping', messageId: randomUUID() }, signal)
    print(`pong after ${clock.now() - begun} ms`)
    print(JSON.stringify(await ask({ ...asked, name: 'status', messageId: randomUUID() }, signal)))
  },
}
