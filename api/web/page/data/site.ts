import type { SiteAnswer } from '../../answers.ts'
import { useNow } from './answer.ts'

/** The observatory: what does not change while it runs. */
export const useSite = () => useNow<SiteAnswer>('/api/site')
