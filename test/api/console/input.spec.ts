import { describe, expect, it } from 'vitest'
import { InputWrong, isComplete, readInput } from '#api/console/input.ts'

describe('what is typed at the console', () => {
  it.each([
    ['night', true],
    ['device dome goto {', false],
    ['device dome goto {"azimuthDeg": 12}', true],
    ['device dome goto {"name": "a } in words"', false],
    ['mode manual "to look', false],
    ['mode manual \\', false],
    ['mode manual "with \\" in it"', true],
    ['] too many', true],
  ])('K12 %j is complete: %s', (text, complete) => {
    expect(isComplete(text)).toBe(complete)
  })

  it('is words, quoted ones as one, over several lines, and JSON at the end', () => {
    expect(readInput('mode  manual "to \\"look\\" at it" now')).toEqual({
      words: ['mode', 'manual', 'to "look" at it', 'now'],
      json: null,
    })
    expect(readInput('device dome \\\ngoto {"azimuthDeg":\n12}')).toEqual({
      words: ['device', 'dome', 'goto'],
      json: { azimuthDeg: 12 },
    })
    expect(readInput('')).toEqual({ words: [], json: null })
  })

  it.each([
    ['device dome goto {azimuth: 12}', /that is no JSON/],
    ['device dome goto {} and more', /that is no JSON/],
  ])('says what is wrong with %s', (text, why) => {
    expect(() => readInput(text)).toThrow(InputWrong)
    expect(() => readInput(text)).toThrow(why)
  })
})
