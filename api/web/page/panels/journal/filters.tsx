import { amend, queryOf } from '../../route.ts'

const fields = [
  { name: 'night', label: 'Night', hint: '2026-11-21' },
  { name: 'type', label: 'Type of event', hint: 'SafetyVerdictGiven' },
  { name: 'stream', label: 'Stream', hint: 'night-osm-2026-11-21' },
  { name: 'actor', label: 'Who', hint: 'agent:majordome' },
  { name: 'from', label: 'From', hint: '2026-11-21T18:00:00Z' },
  { name: 'to', label: 'To', hint: '2026-11-21T19:00:00Z' },
] as const

/** Filters that stand in the page's address; all that are given must hold. */
export const Filters = () => (
  <form
    class="fields"
    onSubmit={(event) => {
      event.preventDefault()
    }}
  >
    {fields.map(({ name, label, hint }) => (
      <label key={name} class="field">
        <span>{label}</span>
        <input
          value={queryOf(name) ?? ''}
          placeholder={hint}
          onChange={(event) => amend({ [name]: event.currentTarget.value.trim(), cursor: null })}
        />
      </label>
    ))}
    <label class="field">
      <span>How much</span>
      <select
        value={queryOf('every') ?? ''}
        onChange={(event) => amend({ every: event.currentTarget.value, cursor: null })}
      >
        <option value="">turning points</option>
        <option value="event">every event</option>
      </select>
    </label>
    <label class="field">
      <span>Simulated</span>
      <select
        value={queryOf('simulated') ?? ''}
        onChange={(event) => amend({ simulated: event.currentTarget.value, cursor: null })}
      >
        <option value="">both</option>
        <option value="true">simulated only</option>
        <option value="false">real only</option>
      </select>
    </label>
  </form>
)
