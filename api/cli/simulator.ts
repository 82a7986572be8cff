import { Command } from 'commander'
import { alertSimulatorCommand } from './simulators/alerts.ts'
import { deviceSimulatorCommands } from './simulators/devices.ts'
import { plcSimulatorCommand } from './simulators/plc.ts'
import { userSimulatorCommand } from './simulators/users.ts'

export const simulatorCommand = (): Command => {
  const simulator = new Command('simulator')
    .description('programs that stand for the observatory’s devices and for people')
    .addCommand(plcSimulatorCommand())
    .addCommand(alertSimulatorCommand())
    .addCommand(userSimulatorCommand())
  for (const command of deviceSimulatorCommands()) simulator.addCommand(command)
  return simulator
}
