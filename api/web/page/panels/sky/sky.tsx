import { Empty } from '../../ui/section.tsx'
export const SkyPanel = () => <Empty>to come</Empty>
