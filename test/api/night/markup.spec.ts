import { expect, it } from 'vitest'
import { markup } from '#api/night/markup.ts'

it('escapes every value that is put in, but for markup itself', () =>
  expect(markup`<p>${'<script>"&\''}${markup`<b>${7}</b>`}${['a', markup`<i/>`]}${null}</p>`.text).toBe(
    '<p>&lt;script&gt;&quot;&amp;&#39;<b>7</b>a<i/></p>',
  ))
