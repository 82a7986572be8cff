import type { Figures } from '../bench.ts'
import type { Ground } from './ground.ts'
export const liveFigures = async (_ground: Ground, _quick: boolean): Promise<Figures> => ({})
