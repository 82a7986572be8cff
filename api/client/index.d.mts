import type { Client } from 'openapi-fetch'
import type { components, paths } from './paths.d.ts'

export type { components, paths }

export type NoctuaryOptions = {
  /** Of the API, e.g. `http://127.0.0.1:8000`. */
  readonly url: string
  /** As `noctuary token create` gave it; in a browser the session's cookie does. */
  readonly token?: string
  /** For whom, where the token may do everything. */
  readonly onBehalfOf?: string
  readonly fetch?: (request: Request) => Promise<Response>
}

export type Noctuary = Client<paths>

/**
 * The API with its types. An answer is never thrown: `data` where it went well, else `error`, a problem with its `code`.
 *
 *     const noctuary = connectNoctuary({ url: 'http://127.0.0.1:8000', token })
 *     const { data, error } = await noctuary.GET('/api/requests/{id}', { params: { path: { id } } })
 */
export declare const connectNoctuary: (options: NoctuaryOptions) => Noctuary
