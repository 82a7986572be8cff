import { Empty } from '../../ui/section.tsx'
export const SignIn = () => <Empty>to come</Empty>
