/** Stands in for a computation whose answer its own checker refuses. */
module.exports = () => {
  throw new Error('refused a wrong plan: a place is given twice (7)')
}
