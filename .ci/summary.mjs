// Adds up the JSON reports of vitest.
import { readFileSync } from 'node:fs'

const reports = process.argv.slice(2).map((file) => JSON.parse(readFileSync(file, 'utf8')))
const total = (field) => reports.reduce((sum, report) => sum + report[field], 0)
const passed = total('numPassedTests')
// A file that does not load has no test that could fail.
const brokenFiles = reports
  .flatMap((report) => report.testResults)
  .filter(
    (file) => file.status === 'failed' && file.assertionResults.every(({ status }) => status !== 'failed'),
  )
const failed = total('numFailedTests') + brokenFiles.length
console.log(`${passed} passed, ${failed} failed`)
