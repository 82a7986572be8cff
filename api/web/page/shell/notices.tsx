import { useEffect } from 'preact/hooks'
import { serverNow } from '../clock.ts'
import { connection } from '../data/connection.ts'
import { ReplayBar } from '../panels/replay/replay-bar.tsx'
import { moment } from '../route.ts'
import { clockOf, spanOf } from '../ui/times.ts'

/** How old everything on the page is, while nobody answers. */
const LostLine = () => {
  const { state, heardAt } = connection.value
  const lost = state === 'lost'
  useEffect(() => {
    document.documentElement.classList.toggle('is-lost', lost)
  }, [lost])
  if (!lost) return null
  // Asked for so that the age is counted on.
  void serverNow.value
  return (
    <div class="notice notice-lost" role="alert">
      <strong>Connection lost.</strong>{' '}
      {heardAt === null
        ? 'The observatory has not answered yet; nothing here is known.'
        : `What you see is ${spanOf((Date.now() - heardAt) / 1000)} old, from ${clockOf(heardAt)} UTC. Nothing here is live until the line is back.`}
    </div>
  )
}

export const Notices = () => (
  <>
    <LostLine />
    {moment.value === null ? null : <ReplayBar />}
  </>
)
