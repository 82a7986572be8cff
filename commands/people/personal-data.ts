/** What the log must never know. */
export type Person = { readonly userId: string; readonly displayName: string; readonly email: string }

/** Somebody else has this address. */
export class EmailTaken extends Error {
  constructor() {
    super('this e-mail address belongs to another user')
    this.name = 'EmailTaken'
  }
}

/** The user has personal data already, and others. */
export class PersonDiffers extends Error {
  constructor(userId: string) {
    super(`${userId} is somebody else`)
    this.name = 'PersonDiffers'
  }
}

/** Names and addresses: kept apart from the log and from what is projected from it, and erasable. */
export type PersonalData = {
  /**
   * Writes down a person and does `work`; the writing stands only if `work` resolves, and nobody else writes about this user
   * meanwhile. Rejects with {@link EmailTaken} or {@link PersonDiffers} before `work` is begun, else with what `work` throws.
   * A person who is down already, the same, is no error.
   */
  keep<T>(person: Person, work: () => Promise<T>): Promise<T>
  /** Another name and address for somebody who is down; false when nobody is. Rejects with {@link EmailTaken}. */
  change(person: Person): Promise<boolean>
  /** Waits for whoever writes about this user. Erasing nobody is no error. */
  erase(userId: string): Promise<void>
  /** Those of the given users who are down, by id. */
  of(userIds: readonly string[]): Promise<ReadonlyMap<string, Person>>
}
