export type Fault = { readonly path: string; readonly message: string }

type Code =
  | 'user_exists'
  | 'user_unknown'
  | 'user_erased'
  | 'email_taken'
  | 'programme_exists'
  | 'programme_unknown'
  | 'programme_closed'
  | 'member_unknown'
  | 'account_unknown'

/** What was asked about a person, a programme or a quota cannot be done; each fault says where, `code` is for programs. */
export class PersonRefusal extends Error {
  readonly code: Code
  readonly faults: readonly Fault[]
  constructor(code: Code, ...faults: readonly Fault[]) {
    super(faults.map(({ path, message }) => `${path}: ${message}`).join('; '))
    this.name = 'PersonRefusal'
    this.code = code
    this.faults = faults
  }
}
