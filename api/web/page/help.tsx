import { useEffect, useRef } from 'preact/hooks'
import { helpOpen, shortcuts } from './keys.ts'

/** The keys and what they do. */
export const Help = () => {
  const dialog = useRef<HTMLDialogElement>(null)
  const open = helpOpen.value
  useEffect(() => {
    if (open) dialog.current?.showModal()
    else dialog.current?.close()
  }, [open])
  return (
    <dialog
      ref={dialog}
      aria-label="Keyboard shortcuts"
      onClose={() => {
        helpOpen.value = false
      }}
    >
      <h2>Keys</h2>
      <dl class="keys">
        {shortcuts.map(({ key, says }) => (
          <div key={key}>
            <dt>
              <kbd>{key}</kbd>
            </dt>
            <dd>{says}</dd>
          </div>
        ))}
      </dl>
      <p class="dim">Tab and Enter reach everything else. Lists and charts are in the order of the page.</p>
      <form method="dialog">
        <button type="submit">Close</button>
      </form>
    </dialog>
  )
}
