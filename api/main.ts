import { enableCompileCache } from 'node:module'
import { Command } from 'commander'
import { CommandFailed } from './cli/command-failed.ts'
import { commandsFor } from './cli/commands.ts'

enableCompileCache()

const program = new Command('noctuary')
  .description('the event-sourced backend of a robotic observatory')
  .showHelpAfterError('(add --help to see what there is)')
for (const command of await commandsFor(process.argv[2])) program.addCommand(command)

/** A command line that cannot be read ends with 2; commander's own choice is 1, which is any other fault here. */
const endWithTwo = (command: Command): void => {
  command.exitOverride(({ exitCode }) => process.exit(exitCode === 0 ? 0 : 2))
  command.commands.forEach(endWithTwo)
}
endWithTwo(program)

// `noctuary replay … | head` has read enough; that is no fault.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error
  process.exit()
})

try {
  await program.parseAsync()
} catch (error) {
  // What a person can put right comes as a sentence; a defect of ours keeps its trace.
  const ours = error instanceof TypeError || error instanceof ReferenceError || !(error instanceof Error)
  process.stderr.write(
    `${ours && error instanceof Error ? error.stack : error instanceof Error ? error.message : error}\n`,
  )
  process.exitCode = error instanceof CommandFailed ? error.exitCode : 1
}
