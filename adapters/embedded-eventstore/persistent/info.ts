import type { Message } from '../protocol/message.ts'
import type { Consumer } from './consumer.ts'
import type { Group } from './group.ts'
import { allSource, type GroupConfig } from './settings.ts'

const startText = ({ source, startFrom }: GroupConfig): string =>
  source === allSource ? `C:${startFrom}/P:${startFrom}` : `${startFrom}`

const consumerInfo =
  (consumer: Consumer, extraStatistics: boolean) =>
  (message: Message): Message => {
    message
      .text(1, consumer.from)
      .text(2, 'anonymous')
      .number(3, consumer.itemsLastSecond)
      .number(4, consumer.totalItems)
      .number(5, consumer.totalItems - consumer.itemsBeforeTick)
      .number(7, consumer.bufferSize - consumer.inFlight.size)
      .number(8, consumer.inFlight.size)
      .text(9, `${consumer.call.headers['connection-name'] ?? ''}`)
    if (!extraStatistics) return message
    for (const [name, ms] of consumer.measurements.summary()) {
      message.message(6, (measurement) => measurement.text(1, name).number(2, ms))
    }
    return message
  }

/** A `SubscriptionInfo`. */
export const groupInfo =
  (group: Group) =>
  (message: Message): Message => {
    const { config, feed, dispatcher, retries } = group
    const { consumers, outstanding } = dispatcher
    const { settings } = config
    message
      .text(1, config.source)
      .text(2, config.group)
      .text(3, feed.buffer.length === 0 ? 'Live' : 'Behind')
    for (const consumer of consumers) message.message(4, consumerInfo(consumer, settings.extraStatistics))
    return message
      .number(5, group.itemsLastSecond)
      .number(6, dispatcher.totalItems)
      .number(7, group.itemsLastSecond)
      .text(8, group.checkpointer.text)
      .text(9, feed.source.textOf(feed.lastKey))
      .number(10, settings.resolveLinks ? 1 : 0)
      .text(11, startText(config))
      .int(12, settings.messageTimeoutMs)
      .number(13, settings.extraStatistics ? 1 : 0)
      .int(14, settings.maxRetryCount)
      .int(15, settings.liveBufferSize)
      .int(16, settings.historyBufferSize)
      .int(17, settings.readBatchSize)
      .int(18, settings.checkpointAfterMs)
      .int(19, settings.minCheckpointCount)
      .int(20, settings.maxCheckpointCount)
      .number(21, feed.buffer.length)
      .number(22, 0)
      .number(23, retries.items.length)
      .number(24, outstanding.size)
      .number(25, outstanding.size)
      .text(26, settings.strategy)
      .int(27, settings.maxSubscriberCount)
      .number(28, group.parked.count)
  }
