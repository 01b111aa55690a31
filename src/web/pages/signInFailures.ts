/** What the service says in the address when a sign-in did not succeed, and what is told of it. */
export const SIGN_IN_FAILURES = {
  utilgjengelig: 'Vi får ikke kontakt med innloggingen akkurat nå. Prøv igjen om litt.',
  ingen_tilgang: 'Du er logget inn hos kommunen, men har ikke tilgang til Boligtrapp. Spør lederen din om tilgang.',
  avbrutt: 'Innloggingen ble avbrutt. Prøv igjen.',
  mislyktes: 'Innloggingen lyktes ikke, eller det tok for lang tid. Prøv igjen.',
} as const
export type SignInFailure = keyof typeof SIGN_IN_FAILURES

export function isSignInFailure(value: unknown): value is SignInFailure {
  return typeof value === 'string' && Object.hasOwn(SIGN_IN_FAILURES, value)
}
