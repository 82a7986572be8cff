import { addressOf, go, route } from '../../route.ts'

/** Shows a request that was handed in; who has gone to another panel meanwhile is left there. */
export const showRequest = (id: string): void => {
  if (route.value.path === '/requests') go(addressOf('/requests', { id }))
}
