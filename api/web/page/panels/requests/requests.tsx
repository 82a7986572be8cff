import { Empty } from '../../ui/section.tsx'
export const Requests = () => <Empty>to come</Empty>
