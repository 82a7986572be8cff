import { Empty } from '../../ui/section.tsx'
export const SystemPanel = () => <Empty>to come</Empty>
