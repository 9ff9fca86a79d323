export { resolveExpression, type Names, type Source as ExpressionSource } from './resolve.ts'
export { evaluate, MACRO_TURNS, openEnds, runOf, type Run, type Scope } from './evaluate.ts'
export { asFraction, compareValues, equalValues } from './arithmetic.ts'
export { failure, isFailure, isMissing, isOpen, isValue, merge, missing, type Outcome } from './outcome.ts'
