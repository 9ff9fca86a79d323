// Passwords by Argon2id (RFC 9106, second recommended option scaled to an office server: 19 MiB, two passes); tokens
// are 256 random bits, and only their SHA-256 is stored, so that a copy of the database opens no session.
import { hash, verify } from '@node-rs/argon2'
import { createHash, randomBytes } from 'node:crypto'

/** The package's default algorithm is Argon2id. */
const argon = { memoryCost: 19_456, timeCost: 2, parallelism: 1 }

export const MINIMUM_PASSWORD = 12

export function hashPassword(password: string): Promise<string> {
  return hash(password.normalize('NFKC'), argon)
}

export function passwordFits(stored: string, password: string): Promise<boolean> {
  return verify(stored, password.normalize('NFKC'))
}

export function isWeak(password: string, login: string): boolean {
  return [...password].length < MINIMUM_PASSWORD || password.toLowerCase().includes(login.toLowerCase())
}

export function newToken(): string {
  return randomBytes(32).toString('base64url')
}

export function tokenHash(token: string): string {
  return createHash('sha256').update(token).digest('hex')
}

/** Costs as much as a real check, so that an unknown name answers as slowly as a wrong password. */
export async function wasteTime(password: string): Promise<void> {
  await passwordFits(await decoy, password)
}

const decoy = hashPassword('nobody has this password')
