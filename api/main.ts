import { Command } from 'commander'
import { eventstoreCommand } from './cli/eventstore.ts'
import { planCommand } from './cli/plan.ts'
import { simulatorCommand } from './cli/simulator.ts'
import { startCommand } from './cli/start.ts'
import { statusCommand } from './cli/status.ts'
import { visibilityCommand } from './cli/visibility.ts'

const program = new Command('noctuary')
  .description('the event-sourced backend of a robotic observatory')
  .showHelpAfterError('(add --help to see what there is)')
  .addCommand(startCommand())
  .addCommand(statusCommand())
  .addCommand(eventstoreCommand())
  .addCommand(simulatorCommand())
  .addCommand(planCommand())
  .addCommand(visibilityCommand())

try {
  await program.parseAsync()
} catch (error) {
  // What a person can put right comes as a sentence; a defect of ours keeps its trace.
  const ours = error instanceof TypeError || error instanceof ReferenceError || !(error instanceof Error)
  process.stderr.write(
    `${ours && error instanceof Error ? error.stack : error instanceof Error ? error.message : error}\n`,
  )
  process.exitCode = 1
}
