import { useId } from 'preact/hooks'

type Props = {
  readonly label: string
  readonly value: string
  readonly onText: (text: string) => void
  readonly hint?: string
  readonly options?: readonly string[]
  /** What is typed is not shown. */
  readonly secret?: boolean
}

/** A labelled text, or a choice where there are options. */
export const Field = ({ label, value, onText, hint = '', options, secret = false }: Props) => {
  const id = useId()
  const onInput = (event: { currentTarget: { value: string } }) => onText(event.currentTarget.value)
  return (
    <div class="field">
      <label for={id}>{label}</label>
      {options ? (
        <select id={id} value={value} onChange={onInput}>
          {options.map((option) => (
            <option key={option} value={option}>
              {option}
            </option>
          ))}
        </select>
      ) : secret ? (
        <input id={id} type="password" autocomplete="current-password" value={value} onInput={onInput} />
      ) : (
        <input id={id} value={value} placeholder={hint} onInput={onInput} />
      )}
    </div>
  )
}
