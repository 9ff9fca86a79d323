export { asLanguage, languages, type Language } from '@suanquan/api'
