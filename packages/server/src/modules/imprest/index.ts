export { imprestFault, type ImprestKind, isOfImprest, planOfImprest } from './advance.ts'
export { advancedBy, imprestLeft } from './balance.ts'
export { imprestHandlers } from './handlers.ts'
