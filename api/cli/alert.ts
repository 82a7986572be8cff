import { Command, InvalidArgumentError } from 'commander'
import type { VtpAddress } from '#adapters/vtp/connect.ts'
import { cancelAlert, fakeAlert, listAlerts, listStrategies, showAlert } from './alert/ask.ts'
import { sendNotice } from './alert/send.ts'
import { watchNotices } from './alert/watch.ts'
import { exitCodeHelp } from './exit-codes.ts'

const addressFrom = (text: string): VtpAddress => {
  const [, host, digits] = /^([^:\s]+):(\d{1,5})$/.exec(text) ?? []
  if (!host) throw new InvalidArgumentError('an address is host:port, e.g. 127.0.0.1:8098.')
  return { host, port: Number(digits) }
}

const secondsFrom = (text: string): number => {
  const seconds = Number(text)
  if (!(seconds > 0 && seconds <= 3600)) throw new InvalidArgumentError('seconds are a number up to 3600.')
  return seconds
}

const degreesFrom =
  (least: number, most: number) =>
  (text: string): number => {
    const degrees = text.trim() === '' ? Number.NaN : Number(text)
    if (!(degrees >= least && degrees <= most))
      throw new InvalidArgumentError(`degrees from ${least} to ${most}.`)
    return degrees
  }

const withApi = (command: Command): Command =>
  command
    .option('--url <address>', 'of the API; by default HOST and PORT of the environment')
    .option('--json', 'the answer as JSON')
    .addHelpText('after', exitCodeHelp('badInput', 'refused', 'logAway'))

const addAsking = (alert: Command): void => {
  withApi(alert.command('list'))
    .description('alerts with what became of them, newest first')
    .option('--night <date>', 'of its evening, e.g. 2026-11-20')
    .option('--limit <number>', 'at the most', '50')
    .action(listAlerts)
  withApi(alert.command('show'))
    .description(
      'one alert: its notices, every judgement, what was asked for and observed, how long each step took',
    )
    .argument('<alert>', 'as list names it, e.g. swift-1300001')
    .action(showAlert)
  withApi(alert.command('strategies')).description('what is done about which alerts').action(listStrategies)
  withApi(alert.command('fake'))
    .description('a fake alert: goes the way of a real one, and only simulated devices act on it')
    .requiredOption('--ra <degrees>', 'J2000', degreesFrom(0, 359.999999))
    .requiredOption('--dec <degrees>', 'J2000', degreesFrom(-90, 90))
    .option('--error <degrees>', 'radius that holds it in 90 of 100 cases', degreesFrom(1e-6, 180), 0.05)
    .action(fakeAlert)
  withApi(alert.command('cancel'))
    .description('take an alert off: its request is withdrawn, and what runs of it ends')
    .argument('<alert>', 'as list names it, e.g. swift-1300001')
    .option('--why <text>', 'on record')
    .action(cancelAlert)
}

export const alertCommand = (): Command => {
  const alert = new Command('alert').description('notices of things in the sky, and what becomes of them')
  alert
    .command('send')
    .description('send a notice to a VTP broker as its author, and wait for the answer')
    .argument('<file>', 'VOEvent XML; its bytes are sent as they are')
    .requiredOption('--to <host:port>', 'the author port of a broker, 8098 by custom', addressFrom)
    .option('--timeout <seconds>', 'how long to wait', secondsFrom, 20)
    .addHelpText('after', exitCodeHelp('badInput', 'notAccepted', 'noAnswer'))
    .action(sendNotice)
  alert
    .command('watch')
    .description('a line for each notice, until Ctrl-C: of the observatory, or of a broker without one')
    .option('--broker <host:port>', 'a VTP broker to follow instead of the observatory', addressFrom)
    .option('--url <address>', 'of the API; by default HOST and PORT of the environment')
    .action(watchNotices)
  addAsking(alert)
  return alert
}
