export { viewDetermination, type DeterminationView } from '@suanquan/core/policy'
