/** Numbers as the page writes them. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { angle, fine, speed } from '../src/overlays/words';
import { reading } from '../src/page/plots/units';
import { lang } from '../src/page/store';
import { amount, number, numberIn } from '../src/page/words';

test('what is rounded to nothing has no sign, in both languages', () => {
  assert.deepEqual([angle(-0.04), angle(-0), speed(-0.004), fine(-0.004)], ['0.0°', '0.0°', '0.00 m/s', '0.00 m']);
  assert.equal(reading(-1e-4, 'rad').value, '\u22120.01');
  assert.equal(reading(-1e-6, 'rad').value, '0.00');
  assert.deepEqual([amount(4e-4, 'm', true), amount(-4e-4, 'm', true)], ['0.000\u00a0m', '0.000\u00a0m']);
  assert.deepEqual([numberIn('en', -0.004, 2), numberIn('ru', -0.004, 2)], ['0.00', '0,00']);
  lang.value = 'ru';
  assert.deepEqual([number(-0.04, 1), number(-0.06, 1)], ['0,0', '\u22120,1']);
  lang.value = 'en';
});

test('what is not nothing keeps its sign', () => {
  assert.deepEqual([angle(-0.06), number(-10), number(-1e6)], ['\u22120.1°', '\u221210', '\u22121,000,000']);
  assert.deepEqual([amount(0.5, 'm', true), amount(-0.5, 'm', true)], ['+0.500\u00a0m', '\u22120.500\u00a0m']);
});
