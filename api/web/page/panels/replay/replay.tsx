import { Empty } from '../../ui/section.tsx'
export const Replay = () => <Empty>to come</Empty>
