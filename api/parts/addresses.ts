import type { PartName } from './part-names.ts'

/** A part was left out and nobody said where it is. */
export class AddressMissing extends Error {
  constructor(part: PartName, variable: string) {
    super(`${part} does not run here, so ${variable} must say where it is`)
    this.name = 'AddressMissing'
  }
}

/** An address as it may be shown. */
export const withoutPassword = (url: string): string => url.replace(/:\/\/([^:/@]+):[^@]*@/, '://$1@')
