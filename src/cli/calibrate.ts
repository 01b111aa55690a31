import { report, summed, whereNot } from './calibrate/report.ts'
import { trial } from './calibrate/trial.ts'

/**
 * `npm run calibrate [-- CITIES [RUNS]]`: forecasts made-up cities that break what the model assumes, and compares with what came.
 * Prints the table of the README. 200 cities take some minutes.
 */
const [cities = 200, runs = 200] = process.argv.slice(2).map(Number)
if (!(Number.isInteger(cities) && cities > 0 && Number.isInteger(runs) && runs >= 40)) {
  console.error('Usage: npm run calibrate [-- CITIES [RUNS]], at least 1 city and 40 runs.')
  process.exit(2)
}
const trials = []
for (let city = 1; city <= cities; city += 1) {
  trials.push(...trial(city, runs))
  if (city % 20 === 0) console.error(`${city} of ${cities} cities`)
}
const rows = summed(trials)
console.log(report(rows))
console.log()
for (const sentence of whereNot(rows)) console.log(`- ${sentence}`)
