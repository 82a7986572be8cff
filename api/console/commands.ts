import { columns } from '#api/cli/columns.ts'
import type { ConsoleCommand } from './command.ts'
import { device, mode, note, ping } from './commands/changing.ts'
import { follow } from './commands/follow.ts'
import { agent, agents, graph, models, night, stream, why } from './commands/looking.ts'
import { InputWrong } from './input.ts'

const help: ConsoleCommand = {
  usage: 'help',
  about: 'this',
  run: async ({ print }) => print(columns(Object.values(commands).map(({ usage, about }) => [usage, about]))),
}

const commands: Readonly<Record<string, ConsoleCommand>> = {
  help,
  night,
  agents,
  agent,
  models,
  stream,
  follow,
  why,
  graph,
  ping,
  mode,
  note,
  device,
}

/** The command that was typed; throws {@link InputWrong} when there is none by that name. */
export const commandNamed = (name: string): ConsoleCommand => {
  const found = Object.hasOwn(commands, name) ? commands[name] : undefined
  if (!found) throw new InputWrong(`there is no ${name}; there are ${Object.keys(commands).join(', ')}`)
  return found
}
