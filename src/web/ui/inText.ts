/** A name that stands alone, written inside a sentence: «Mestring (VEL)» is «mestring (VEL)», and «VEL» stays as it is. */
export function inText(name: string): string {
  return /^\p{Lu}{2}/u.test(name) ? name : name.charAt(0).toLowerCase() + name.slice(1)
}
