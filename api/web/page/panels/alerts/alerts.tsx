import { Empty } from '../../ui/section.tsx'
export const Alerts = () => <Empty>to come</Empty>
