import { idnr } from '@navikt/fnrvalidator'
import { invalid } from '../domain/error.ts'
import type { Keyring } from './keyring.ts'

/** What tells one person from another; kept apart from everything else and encrypted. */
export interface Identity {
  name: string
  personalNumber: string | null
  phone: string | null
}

const SYNTHETIC_TYPES: readonly string[] = ['tnr', 'dnr-and-tnr']

/**
 * Checks the number's date and control digits, and that synthetic and real people are never mixed: synthetic numbers have
 * month + 80, the demo takes no others, and a system in use takes none of them.
 * @throws {DomainError} `invalid_value` at `/personalNumber`
 */
export function checkPersonalNumber(personalNumber: string, demo: boolean): void {
  const checked = idnr(personalNumber)
  if (checked.status === 'invalid') {
    throw invalid('/personalNumber', 'invalid_personal_number', 'Fødselsnummeret er ikke gyldig. Se etter tastefeil.')
  }
  const synthetic = SYNTHETIC_TYPES.includes(checked.type)
  if (demo && !synthetic) {
    throw invalid(
      '/personalNumber',
      'not_synthetic',
      'Dette er en demo. Bruk bare syntetiske fødselsnummer (måned + 80), aldri en virkelig person.',
    )
  }
  if (!demo && synthetic) {
    throw invalid('/personalNumber', 'synthetic', 'Dette er et syntetisk fødselsnummer. Det hører ikke hjemme her.')
  }
}

export function sealIdentity(keyring: Keyring, residentId: string, identity: Identity): Buffer {
  return keyring.seal(JSON.stringify(identity), residentId)
}

export function openIdentity(keyring: Keyring, residentId: string, ciphertext: Buffer): Identity {
  return JSON.parse(keyring.open(ciphertext, residentId)) as Identity
}

/** The name in a row that may be told without whose it is; null where it is not the reader's to know. */
export function nameIn(
  keyring: Keyring,
  { residentId, ciphertext }: { residentId: string | null; ciphertext: Buffer | null },
): string | null {
  return residentId === null || ciphertext === null ? null : openIdentity(keyring, residentId, ciphertext).name
}

/** Tells one person from another for whoever may not know who they are, and names nobody. */
export function personRef(residentId: string): string {
  return residentId.slice(-6)
}

/** The last three digits tell two people of one name apart without showing a number. */
export function ending(personalNumber: string | null): string | null {
  return personalNumber === null ? null : personalNumber.slice(-3)
}
