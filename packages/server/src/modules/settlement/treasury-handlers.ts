// 国库支付: settings of a fund, answers of the bank, and the chain from a bank line to the use that it pays for.
import type { Handlers } from '../../http/world.ts'
import type { World } from '../../http/world-options.ts'
import { checkBankAnswer, recordBankAnswer } from './bank-answer.ts'
import { returnPayment } from './confirm-disbursement.ts'
import { listPaymentLines, readPaymentChain } from './payment-chain.ts'
import { readPayments } from './payments.ts'
import { readTreasury, setTreasury } from './treasury.ts'

type Names =
  | 'readTreasury'
  | 'setTreasury'
  | 'readPayments'
  | 'listPaymentLines'
  | 'checkBankAnswer'
  | 'recordBankAnswer'
  | 'returnPayment'
  | 'readPaymentChain'

export function treasuryHandlers(world: World): Handlers<Names> {
  return {
    readTreasury: readTreasury(),
    setTreasury: setTreasury(),
    readPayments: readPayments(),
    listPaymentLines: listPaymentLines(),
    checkBankAnswer: checkBankAnswer(),
    recordBankAnswer: recordBankAnswer(world),
    returnPayment: returnPayment(world),
    readPaymentChain: readPaymentChain(),
  }
}
