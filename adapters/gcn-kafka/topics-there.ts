import type { Consumer } from '@platformatic/kafka'

const isUnknownTopic = (error: unknown): boolean =>
  error instanceof Error && /^Unknown topic /.test(error.message)

/**
 * Which of the topics the broker has just now. A topic without a recent notice is unknown to GCN, and asking for it
 * among others would cost them all.
 */
export const topicsThere = async (consumer: Consumer, wanted: readonly string[]): Promise<string[]> => {
  const there: string[] = []
  for (const topic of wanted) {
    try {
      await consumer.metadata({ topics: [topic], forceUpdate: true, retries: 0 })
      there.push(topic)
    } catch (error) {
      if (!isUnknownTopic(error)) throw error
    }
  }
  return there
}
