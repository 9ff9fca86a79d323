// The value of a parameter on a day. The governing day picks the version; before the first value and after the last
// one the nearest end counts, so that a contract that is not governed still gets all its reasons.
import type { Day } from '../calendar/index.ts'
import { failure, missing, type Outcome } from './expression/index.ts'
import type { Parameter, Programme } from './programme.ts'

/** The dated value in force on a day; undefined while the parameter is an open question. */
export function datedValue(parameter: Parameter, on: Day): Parameter['values'][number] | undefined {
  return parameter.values.findLast((item) => item.from <= on) ?? parameter.values[0]
}

/** @param on the governing day; undefined while the governing fact is missing */
export function parameterValue(programme: Programme, name: string, on: Day | undefined): Outcome {
  const parameter = programme.parameters[name]!
  const { values } = parameter
  if (values.length === 0) return missing(`p.${name}`)
  if (on === undefined && values.length > 1) return missing(programme.governs.by)
  const { value } = on === undefined || values.length === 1 ? values[0]! : datedValue(parameter, on)!
  return value ?? failure('parameter_ended')
}
