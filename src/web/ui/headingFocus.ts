/**
 * Decides when the heading of a page takes focus: after a move to another address, and when it replaces a heading that had
 * focus (a page that turned out not to exist). Not at the first page of a visit, where the browser's own start is expected.
 */
export function headingFocus() {
  let shown: string | null = null
  let lost = false
  return {
    /** @param pathname the address whose heading is now on the page */
    shouldTake(pathname: string): boolean {
      const moved = shown !== null && shown !== pathname
      const take = moved || lost
      shown = pathname
      lost = false
      return take
    },
    /** @param hadFocus whether the heading that goes away had focus */
    left(hadFocus: boolean) {
      lost = hadFocus
    },
  }
}
