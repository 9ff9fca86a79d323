export { divide, leastFen, roundTo, type RoundingMode } from './rounding.ts'
export { FEN_PER_UNIT, formatFen, parseMoney, type Fen, type MoneyUnit } from './fen.ts'
export { compareRates, multiply, parseRate, rate, toFen, type Exact, type Rate } from './rate.ts'
export { splitInProportion } from './split.ts'
