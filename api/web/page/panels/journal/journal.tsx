import { Empty } from '../../ui/section.tsx'
export const Journal = () => <Empty>to come</Empty>
