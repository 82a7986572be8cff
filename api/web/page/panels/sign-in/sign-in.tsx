import { session } from '../../data/session.ts'
import { Empty, Fact, Section } from '../../ui/section.tsx'
import { FirstAdmin } from './first-admin.tsx'
import { Password } from './password.tsx'
import { SignOut } from './sign-out.tsx'

/** Who looks, what they may, and how to be somebody. */
export const SignIn = () => {
  const now = session.value
  if (!now) return <Empty>Asking the observatory who you are…</Empty>
  return (
    <div class="panel">
      <Section title="Who you are" span={6}>
        <p class="lead">{now.user === null ? 'Nobody in particular' : (now.name ?? now.user)}</p>
        <dl class="facts">
          {now.user === null ? null : <Fact name="User">{now.user}</Fact>}
          {now.roles.length > 0 ? <Fact name="Roles">{now.roles.join(', ')}</Fact> : null}
          <Fact name="May">{now.may.length > 0 ? now.may.join(', ') : 'nothing yet'}</Fact>
          {now.demo ? (
            <Fact name="Demo">everybody on this machine may look, as nothing but simulators run here</Fact>
          ) : null}
        </dl>
        {now.user === null ? null : <SignOut />}
      </Section>
      {now.user === null ? (
        <Section title="Sign in" span={6}>
          {now.firstAdmin ? <FirstAdmin /> : <Password />}
        </Section>
      ) : null}
    </div>
  )
}
