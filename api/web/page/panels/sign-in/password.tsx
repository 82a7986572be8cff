import { useSignal } from '@preact/signals'
import { Field } from '../../ui/field.tsx'
import { Entrance } from './entrance.tsx'

/** By name and password. */
export const Password = () => {
  const user = useSignal('')
  const password = useSignal('')
  return (
    <Entrance
      label="Sign in"
      url="/api/session"
      body={() => ({ user: user.value.trim(), password: password.value })}
    >
      <Field
        label="User"
        value={user.value}
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
