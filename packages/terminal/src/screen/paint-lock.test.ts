import { describe, expect, it } from 'vitest'
import { PaintLock } from './paint-lock.ts'

const monotonicMs = () => performance.now()

describe('the lock between desk and painter', () => {
  it('lets the painter write until the desk stops it, and never after', () => {
    const desk = new PaintLock()
    const painter = new PaintLock(desk.memory)
    const written: string[] = []
    expect(painter.whilePainting(() => written.push('before'))).toBe(true)
    expect(desk.stop(50, monotonicMs)).toBe(true)
    expect(painter.whilePainting(() => written.push('after'))).toBe(false)
    expect(written).toEqual(['before'])
    expect(painter.isStopped).toBe(true)
  })

  it('may be stopped again', () => {
    const lock = new PaintLock()
    expect([lock.stop(50, monotonicMs), lock.stop(50, monotonicMs)]).toEqual([true, true])
  })

  it('gives up waiting for a write that does not end, and says so', () => {
    const desk = new PaintLock()
    const painter = new PaintLock(desk.memory)
    let isQuiet: boolean | null = null
    painter.whilePainting(() => {
      isQuiet = desk.stop(5, monotonicMs)
    })
    expect(isQuiet).toBe(false)
    expect(painter.whilePainting(() => {})).toBe(false)
  })

  it('is free again after a write that failed', () => {
    const lock = new PaintLock()
    const fail = () => {
      throw new Error('the terminal is gone')
    }
    expect(() => lock.whilePainting(fail)).toThrow('the terminal is gone')
    expect(lock.whilePainting(() => {})).toBe(true)
  })

  it('counts the views that were taken, for both sides', () => {
    const desk = new PaintLock()
    new PaintLock(desk.memory).countTaken()
    expect(desk.taken).toBe(1)
  })
})
