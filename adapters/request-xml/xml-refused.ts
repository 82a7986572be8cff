/** Why a text is not read as XML at all. */
export type XmlFault = 'too_large' | 'not_utf8' | 'doctype_refused' | 'not_well_formed' | 'too_deep'

export class XmlRefused extends Error {
  readonly code: XmlFault
  constructor(code: XmlFault, message: string) {
    super(message)
    this.name = 'XmlRefused'
    this.code = code
  }
}
