declare module 'virtual:calls' {
  import type { RouteName } from '@suanquan/api'

  const calls: Readonly<Record<RouteName, { method: string; path: string; transport: string }>>
  export default calls
}
