import { useSignal } from '@preact/signals'
import { Field } from '../../ui/field.tsx'
import { Entrance } from './entrance.tsx'

/** The start prints an address with the code in it; after the #, so that it reaches no server's log. */
const codeInAddress = (): string =>
  new URLSearchParams(window.location.hash.slice(1)).get('first-admin') ?? ''

/** While nobody can sign in: the code that the start printed makes the first administrator. */
export const FirstAdmin = () => {
  const code = useSignal(codeInAddress())
  const user = useSignal('')
  const password = useSignal('')
  const body = () => ({ code: code.value.trim(), user: user.value.trim(), password: password.value })
  return (
    <Entrance label="Become the administrator" url="/api/session/first-admin" body={body}>
      <p class="empty">
        Nobody can sign in here yet. The program printed a code when it started: who has it becomes the first
        administrator.
      </p>
      <Field
        label="Code from the start"
        value={code.value}
        onText={(text) => {
          code.value = text
        }}
      />
      <Field
        label="User"
        value={user.value}
        hint="ana"
        onText={(text) => {
          user.value = text
        }}
      />
      <Field
        label="Password"
        secret
        value={password.value}
        onText={(text) => {
          password.value = text
        }}
      />
    </Entrance>
  )
}
