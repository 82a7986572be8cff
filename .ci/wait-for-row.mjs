// Waits until the program is healthy and its first read model has a row; gives up when it ends or takes too long.
import { setTimeout as pause } from 'node:timers/promises'

const [base, pid] = process.argv.slice(2)
const patienceMs = 120_000
const started = performance.now()

const isAlive = () => {
  try {
    return process.kill(Number(pid), 0)
  } catch {
    return false
  }
}

const ask = async (path) => {
  try {
    const response = await fetch(base + path, { signal: AbortSignal.timeout(5_000) })
    return { status: response.status, body: await response.text() }
  } catch (error) {
    return { status: 0, body: `${error.cause?.code ?? error.message}` }
  }
}

const rowsIn = ({ status, body }) => {
  if (status !== 200) return 0
  const answer = JSON.parse(body)
  const list = Array.isArray(answer) ? answer : Object.values(answer).find(Array.isArray)
  return list?.length ?? 0
}

let health
let rows
while (isAlive() && performance.now() - started < patienceMs) {
  health = await ask('/health')
  rows = health.status === 200 ? await ask('/api/weatherwatch') : undefined
  if (rows && rowsIn(rows) > 0) break
  await pause(250)
}
if (rows && rowsIn(rows) > 0) {
  console.log(`healthy, with a row, after ${((performance.now() - started) / 1000).toFixed(1)} s`)
} else {
  console.log(isAlive() ? `no row within ${patienceMs / 1000} s` : 'the program ended by itself')
  console.log('GET /health:', health)
  console.log('GET /api/weatherwatch:', rows)
  process.exitCode = 1
}
