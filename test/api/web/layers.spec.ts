import { describe, expect, it } from 'vitest'
import { layersOf } from '#api/web/page/panels/system/layers.ts'

const node = (id: string) => ({ id, kind: 'part', state: 'up', perSecond: null })

describe('K11 the drawing of what flows where', () => {
  it('has data flowing to the right, and what is linked to nothing apart', () => {
    const { columns, apart } = layersOf({
      nodes: ['store', 'monitor', 'plc', 'model', 'dome'].map(node),
      links: [
        { from: 'plc', to: 'monitor' },
        { from: 'monitor', to: 'store' },
        { from: 'store', to: 'model' },
      ],
    })
    expect(columns.map((column) => column.map(({ id }) => id))).toEqual([
      ['plc'],
      ['monitor'],
      ['store'],
      ['model'],
    ])
    expect(apart.map(({ id }) => id)).toEqual(['dome'])
  })

  it('comes to an end with links in a circle', () => {
    const links = [
      { from: 'a', to: 'b' },
      { from: 'b', to: 'a' },
    ]
    const { columns } = layersOf({ nodes: ['a', 'b'].map(node), links })
    expect(columns.flat()).toHaveLength(2)
  })
})
