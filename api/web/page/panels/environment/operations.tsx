import { Empty } from '../../ui/section.tsx'
export const Operations = () => <Empty>to come</Empty>
