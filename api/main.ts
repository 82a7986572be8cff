import { Command } from 'commander'
import { CommandFailed } from './cli/ask-api.ts'
import { eventstoreCommand } from './cli/eventstore.ts'
import { exportCommand } from './cli/export-night.ts'
import { importCommand } from './cli/import-night.ts'
import { nightCommand } from './cli/night.ts'
import { projectionsCommand } from './cli/projections.ts'
import { replayCommand } from './cli/replay.ts'
import { sealCommand } from './cli/seal.ts'
import { simulatorCommand } from './cli/simulator.ts'
import { startCommand } from './cli/start.ts'
import { statusCommand } from './cli/status.ts'
import { verifyCommand } from './cli/verify.ts'
import { whatIfCommand } from './cli/what-if.ts'
import { whyCommand } from './cli/why.ts'

const program = new Command('noctuary')
  .description('the event-sourced backend of a robotic observatory')
  .showHelpAfterError('(add --help to see what there is)')
  .addCommand(startCommand())
  .addCommand(statusCommand())
  .addCommand(projectionsCommand())
  .addCommand(whyCommand())
  .addCommand(nightCommand())
  .addCommand(replayCommand())
  .addCommand(eventstoreCommand())
  .addCommand(simulatorCommand())
  .addCommand(sealCommand())
  .addCommand(verifyCommand())
  .addCommand(exportCommand())
  .addCommand(importCommand())
  .addCommand(whatIfCommand())

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
