// An expression as text in one form.
import { typeName, type Expression } from '../types.ts'

/** Equal tests have equal names. */
export function printed(expression: Expression): string {
  switch (expression.kind) {
    case 'literal':
      return printedValue(expression.value, typeName(expression.type))
    case 'fact':
      return expression.path
    case 'parameter':
      return `p.${expression.name}`
    case 'definition':
      return `d.${expression.name}`
    case 'variable':
      return expression.name
    case 'not':
      return `!${printed(expression.operand)}`
    case 'negate':
      return `-${printed(expression.operand)}`
    case 'binary':
    case 'logic':
      return `(${printed(expression.left)} ${expression.operator} ${printed(expression.right)})`
    case 'choose':
      return `(${printed(expression.test)} ? ${printed(expression.yes)} : ${printed(expression.no)})`
    case 'list':
      return `[${expression.items.map(printed).join(', ')}]`
    case 'index':
      return `${printed(expression.list)}[${printed(expression.at)}]`
    case 'call':
      return `${expression.name}(${expression.args.map(printed).join(', ')})`
    default:
      return `${printed(expression.list)}.${expression.name}(${expression.variable}, ${printed(expression.body)})`
  }
}

export function printedValue(value: unknown, type: string): string {
  if (typeof value === 'object' && value !== null && 'numerator' in value && 'denominator' in value) {
    return `${String(value.numerator)}/${String(value.denominator)}`
  }
  if (typeof value === 'object') return JSON.stringify(value)
  return type === 'int' || type === 'bool'
    ? String(value)
    : type === 'money'
      ? `${String(value)}分`
      : JSON.stringify(value)
}
