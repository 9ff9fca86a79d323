// The server as the demo runs it: the demo's clock and ids, time moved on by the story or once a minute.
import { CITY } from '@suanquan/city'
import { startServer, type Address, type DemoAccount, type RunningServer } from '@suanquan/server'
import type { DemoClock } from './clock.ts'

export interface DemoServerOptions {
  readonly address: Address
  readonly dataFolder: string
  readonly clock: Pick<DemoClock, 'now'>
  readonly newId: () => string
  readonly port?: number
  /** shown on the sign-in page; filled once people may sign in */
  readonly accounts?: readonly DemoAccount[]
}

export function startDemoServer({
  clock,
  accounts = [],
  ...options
}: DemoServerOptions): Promise<RunningServer> {
  return startServer({
    ...options,
    site: {
      name: { zh: '示例市算力券', en: 'Demo City compute vouchers' },
      jurisdiction: CITY,
      contact: '示例市经济和信息化局（演示） 0990-5550100',
    },
    clock: clock.now,
    demoAccounts: accounts,
    tickEveryMs: 0,
    requestsPerMinute: 0,
  })
}
