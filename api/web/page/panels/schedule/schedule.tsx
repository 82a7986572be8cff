import { Empty } from '../../ui/section.tsx'
export const SchedulePanel = () => <Empty>to come</Empty>
