export const ReplayBar = () => null
